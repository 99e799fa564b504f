import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A mistake of the machine or its settings: the message is the one line that a newcomer sees, without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Below what Linux (32768) and macOS (49152) hand to outgoing connections. */
const FIRST_FREE = 20_000;
const LAST_FREE = 32_000;

/**
 * A TCP port on the loopback interface that nobody listens on. Not one that the system picks (port 0): those are the numbers of outgoing
 * connections too, and a server that is killed and restarted on its port would now and then find it taken by one.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_FREE, LAST_FREE);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Refuses a taken port before anything is started on it.
 * @param variable the environment variable that moves it
 */
export async function assertPortIsFree(port: number, what: string, variable: string): Promise<void> {
  if (await isFree(port)) return;
  const owner = await portOwner(port);
  throw new SetupError(
    `Port ${port} for ${what} is taken${owner ? ` by ${owner}` : ''}. Stop that program, or choose another port: ${variable}=${port + 1} npm start`,
  );
}

/** Waits until something accepts connections; gives up when `ended` settles first or the time is over. */
export async function waitForPort(port: number, limitMs: number, ended: Promise<unknown>): Promise<boolean> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const until = Date.now() + limitMs;
  while (!over && Date.now() < until) {
    if (await accepts(port)) return true;
    await delay(25);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Best effort: `lsof` (macOS, most Linux) or `ss`; neither shows other users' processes without rights. */
async function portOwner(port: number): Promise<string | undefined> {
  const run = promisify(execFile);
  const attempts = [
    async () => {
      const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fcp'], { timeout: 3000 });
      const pid = /^p(\d+)/m.exec(stdout)?.[1];
      const name = /^c(.+)/m.exec(stdout)?.[1];
      return pid && name ? `${name} (process ${pid})` : undefined;
    },
    async () => {
      const { stdout } = await run('ss', ['-ltnpH', `sport = :${port}`], { timeout: 3000 });
      const found = /\(\("([^"]+)",pid=(\d+)/.exec(stdout);
      return found ? `${found[1]} (process ${found[2]})` : undefined;
    },
  ];
  for (const attempt of attempts) {
    const owner = await attempt().catch(() => undefined);
    if (owner) return owner;
  }
  return undefined;
}
