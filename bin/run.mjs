#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { orExplain, SetupError, speakOnStandardError } from './lib/screen.mjs';
import { setUp } from './lib/set-up.mjs';

/** `node bin/run.mjs NAME args`: set-up, then the script of that name, in the caller's working directory (its arguments are paths). */
const [name = '', ...args] = process.argv.slice(2);
if (args.includes('--json')) speakOnStandardError();

await orExplain(async () => {
  await setUp();
  const script = inRoot('dist', 'scripts', `${name}.js`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(script)) throw new SetupError(`There is no script "${name}".`);
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
    stdio: 'inherit',
    // npm runs scripts in the clone; paths that a person types are relative to where they are.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, DATA_DIR: process.env.DATA_DIR ?? inRoot('.data') },
  });
  // Ctrl-C reaches the script too, which stops what it started; this process only waits for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 130)));
});
