#!/usr/bin/env node
import { createRequire } from 'node:module';
import { inRoot } from './lib/paths.mjs';
import { orExplain, say } from './lib/screen.mjs';
import { setUp } from './lib/set-up.mjs';

process.chdir(inRoot());
await orExplain(async () => {
  await setUp();
  const { supervise } = createRequire(import.meta.url)(inRoot('dist/bin/supervisor.js'));
  await supervise(say);
});
