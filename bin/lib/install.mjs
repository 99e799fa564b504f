import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { SetupError, say } from './screen.mjs';
import { runTool } from './tool.mjs';

/** Installs exactly the lockfile, when it differs from what was installed last. */
export async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  const stamp = inRoot('node_modules', '.installed-lockfile');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === lock) return;
  say('installing packages from the lockfile');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code, output } = await runTool('npm ci', command, [...args, 'ci', '--no-progress', '--loglevel=error']);
  if (code !== 0) throw new SetupError(explain(output));
  writeFileSync(stamp, lock);
}

function explain(output) {
  const line = output
    .split('\n')
    .find((text) => /npm (error|ERR!)/.test(text) && !/A complete log|code [A-Z]/.test(text));
  if (/ENOSPC/.test(output)) return 'npm ci failed: the disk is full. Make room and start again.';
  if (/EACCES|EPERM/.test(output))
    return 'npm ci failed: node_modules belongs to another user. Remove it, or take it over, and start again.';
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/.test(output))
    return 'npm ci failed: the package registry cannot be reached. Check the network or the proxy, and start again.';
  return `npm ci failed: ${line?.replace(/npm (error|ERR!)\s*/, '') ?? 'it said nothing'}. Run "npm ci --loglevel=notice" to see everything.`;
}
