import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { SetupError } from './ports';

/** The sources lie beside the compiled code's folder too: `dist/deploy/embedded` and `deploy/embedded` are looked up from the root. */
function sourceDir(): string {
  for (const root of [join(__dirname, '..', '..'), join(__dirname, '..', '..', '..')]) {
    const folder = resolve(root, 'deploy', 'temporal-server');
    if (existsSync(join(folder, 'go.mod'))) return folder;
  }
  throw new Error('deploy/temporal-server is missing');
}

function sourceHash(): string {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const name of readdirSync(sourceDir()).sort()) {
    if (/\.go$|^go\.(mod|sum)$/.test(name)) hash.update(name).update(readFileSync(join(sourceDir(), name)));
  }
  return hash.digest('hex').slice(0, 16);
}

const buildsDir = (cacheDir: string): string => join(resolve(cacheDir), 'temporal-server');
const programOf = (cacheDir: string): string => join(buildsDir(cacheDir), sourceHash(), 'temporal-server');

/** The build of exactly these sources, when there is one. */
export function builtModule(cacheDir: string): string | undefined {
  const program = programOf(cacheDir);
  return existsSync(program) ? program : undefined;
}

/**
 * Builds `deploy/temporal-server`: minutes the first time, seconds after that (Go's own cache). Builds of other sources are removed.
 * @throws SetupError when Go is missing or too old, or with Go's last words
 */
export async function buildModule(cacheDir: string, say: (line: string) => void): Promise<string> {
  assertGo();
  const program = programOf(cacheDir);
  const unfinished = join(buildsDir(cacheDir), `unfinished-${process.pid}`);
  mkdirSync(buildsDir(cacheDir), { recursive: true });
  say(
    'building the Temporal server from source with Go (3 to 10 minutes where Go has not compiled it before, else seconds)',
  );
  await compile(unfinished, say);
  for (const old of readdirSync(buildsDir(cacheDir))) {
    if (!old.startsWith('unfinished-') && old !== sourceHash())
      rmSync(join(buildsDir(cacheDir), old), { recursive: true, force: true });
  }
  mkdirSync(resolve(program, '..'), { recursive: true });
  // The rename comes last: a build that was interrupted never looks finished.
  renameSync(unfinished, program);
  chmodSync(program, 0o755);
  return program;
}

function assertGo(): void {
  const wanted = /^go (\d+)\.(\d+)/m.exec(readFileSync(join(sourceDir(), 'go.mod'), 'utf8'));
  const [major = 0, minor = 0] = [Number(wanted?.[1]), Number(wanted?.[2])];
  let version = '';
  try {
    version = execFileSync('go', ['env', 'GOVERSION'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      cwd: '/',
    }).trim();
  } catch {
    throw new SetupError(
      `Go is missing, and there is no other Temporal server. Install Go ${major}.${minor} or newer, or the "temporal" command line tool 1.9 or newer, or set TEMPORAL_ADDRESS to a server of yours.`,
    );
  }
  const found = /go(\d+)\.(\d+)/.exec(version);
  // Since 1.21 an older Go fetches the toolchain that go.mod asks for by itself.
  if (Number(found?.[1]) > 1 || Number(found?.[2]) >= 21) return;
  throw new SetupError(`Go is too old (${version}). Install Go ${major}.${minor} or newer.`);
}

/**
 * What is known of a build that runs: the time, and what Go has told. Go names only what it compiles anew and says nothing of what lies in
 * its cache, so there is no total to count towards.
 */
export function buildProgress(seen: {
  readonly seconds: number;
  readonly packages: number;
  readonly downloads: number;
}): string {
  const { seconds, packages, downloads } = seen;
  const done = [
    ...(downloads > 0 ? [`${downloads} modules downloaded`] : []),
    ...(packages > 0 ? [`${packages} packages compiled anew`] : []),
  ];
  return `Temporal server: building, ${seconds} s${done.length > 0 ? `; so far ${done.join(', ')}` : ''}`;
}

async function compile(output: string, say: (line: string) => void): Promise<void> {
  const started = Date.now();
  const go = spawn('go', ['build', '-v', '-buildvcs=false', '-ldflags=-s -w', '-o', output, '.'], {
    cwd: sourceDir(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // A Ctrl-C that ends us must not leave a compiler running for minutes.
  const end = () => go.kill();
  process.once('exit', end);
  let packages = 0;
  let downloads = 0;
  let last = '';
  const report = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(buildProgress({ seconds, packages, downloads }));
  };
  const timer = setInterval(report, 5000);
  createInterface({ input: go.stderr }).on('line', (line) => {
    last = line;
    if (line.startsWith('go: downloading')) downloads += 1;
    else if (!line.startsWith('#') && !line.includes(' ')) packages += 1;
  });
  const code = await new Promise<number | null>((settle) => {
    go.once('error', () => settle(null));
    go.once('close', settle);
  });
  clearInterval(timer);
  process.removeListener('exit', end);
  if (code !== 0) {
    rmSync(output, { force: true });
    throw new SetupError(
      `Go could not build the Temporal server: ${last || 'it said nothing'} (in deploy/temporal-server: go build .)`,
    );
  }
  report();
}
