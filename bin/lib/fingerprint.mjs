import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';

const NEVER = new Set(['node_modules', 'dist', '.data', '.git', 'coverage']);

/** A hash over the contents of files and folders of the clone: the same sources, the same hash. */
export function fingerprint(paths, wanted = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) add(hash, path, wanted);
  return hash.digest('hex');
}

function add(hash, path, wanted) {
  const full = inRoot(path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) if (!NEVER.has(name)) add(hash, join(path, name), wanted);
  } else if (wanted(path)) {
    hash.update(`${path}\0`).update(readFileSync(full));
  }
}

const fileOf = (name) => inRoot('dist', '.stamps', name);

/** Whether a step was finished for exactly these sources. */
export const isDone = (name, print) => existsSync(fileOf(name)) && readFileSync(fileOf(name), 'utf8') === print;

/** Written after the step, so that an interrupted one is done again. */
export function markDone(name, print) {
  mkdirSync(dirname(fileOf(name)), { recursive: true });
  writeFileSync(fileOf(name), print);
}
