import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The variables that a machine of one's own can make up for itself. */
export type Secrets = Readonly<Record<'PII_KEYS' | 'PII_INDEX_KEY', string>>;

/**
 * Keys of this data folder, made on the first start and kept beside the data that they encrypt (mode 0600). The environment's own
 * values win over them; in production they come from there.
 */
export function secretsOf(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const secrets: Secrets = {
    PII_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    PII_INDEX_KEY: randomBytes(32).toString('base64'),
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
