import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fingerprint, isDone, markDone } from './fingerprint.mjs';
import { inRoot } from './paths.mjs';
import { SetupError, say, screen } from './screen.mjs';
import { nodeTool } from './tool.mjs';

const SERVER = [
  'domain',
  'contract',
  'workflows',
  'activities',
  'db',
  'service-adapters',
  'device-adapters',
  'api',
  'scripts',
  'bin',
  'deploy',
  'test',
];
const CODE = (path) => /\.(ts|tsx|json)$/.test(path);

/** Server code to dist/. Type errors are shown and do not stop a start: `npm test` is where they fail. */
export async function compileServer() {
  const print = fingerprint([...SERVER, 'tsconfig.json', 'package-lock.json'], CODE);
  if (isDone('server', print)) return;
  say('compiling the server');
  const { code, output } = await nodeTool('tsc', 'typescript/bin/tsc', ['-p', inRoot('tsconfig.json')]);
  if (code === 0) return markDone('server', print);
  if (!existsSync(inRoot('dist', 'bin', 'supervisor.js')))
    throw new SetupError(`The server does not compile:\n${output.trim()}`);
  screen().write(`${output.trim()}\n`);
  say('there are type errors (above); going on with what was compiled');
}

/** One file with all workflows, so that each worker does not spend seconds on bundling them. */
export async function bundleWorkflows() {
  const print = fingerprint(['domain', 'contract', 'workflows', 'tsconfig.json', 'package-lock.json'], CODE);
  const entry = inRoot('dist', 'workflows', 'index.js');
  const target = inRoot('dist', 'workflow-bundle.js');
  if (!existsSync(entry) || (existsSync(target) && isDone('workflows', print))) return;
  say('bundling the workflows');
  const { bundleWorkflowCode, DefaultLogger } = createRequire(inRoot('package.json'))('@temporalio/worker');
  const { code } = await bundleWorkflowCode({ workflowsPath: entry, logger: new DefaultLogger('WARN') });
  writeFileSync(target, code);
  markDone('workflows', print);
}

const WEB = { admin: 'admin', tenant: 'tenant-web' };

/** The web apps, each when its own sources changed. */
export async function buildWeb() {
  for (const [name, folder] of Object.entries(WEB)) {
    const print = fingerprint([folder, 'domain', 'contract', 'package-lock.json']);
    if (!existsSync(inRoot(folder, 'index.html')) || isDone(`web-${name}`, print)) continue;
    say(`building the web app "${name}"`);
    const out = inRoot('dist', 'web', name);
    mkdirSync(out, { recursive: true });
    const args = ['build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn'];
    const { code, output } = await nodeTool(`vite build ${name}`, 'vite/bin/vite.js', args, { cwd: inRoot(folder) });
    if (code !== 0)
      throw new SetupError(`The web app "${name}" does not build:\n${output.trim().split('\n').slice(-15).join('\n')}`);
    markDone(`web-${name}`, print);
  }
}
