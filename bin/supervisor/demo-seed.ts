import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distDir, runToEnd } from '../../deploy/processes';

const ENTRY = 'scripts/seed-demo.js';

/** Loads the demo community on the first start of a data folder. A failure is said and does not take the platform down. */
export async function seedOnce(dataDir: string, env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<void> {
  const done = join(dataDir, 'demo-seeded');
  if (existsSync(done) || !existsSync(join(distDir, ENTRY))) return;
  say('loading the demo community');
  try {
    await runToEnd({ entry: ENTRY, env, logFile: join(dataDir, 'logs', 'seed-demo.log') });
    writeFileSync(done, '');
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
