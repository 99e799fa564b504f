import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

// Jest runs CommonJS and aedes is an ES module, so the broker is a child process; that also lets a test kill it.
const BROKER = `
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
const aedes = await Aedes.createBroker({ drainTimeout: 60000 });
const server = createServer(aedes.handle);
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(server.address().port));
process.on('disconnect', () => process.exit(0));
`;

/** A real MQTT broker on a free port of 127.0.0.1; it forgets everything when it stops, as the embedded one does. */
export type TestBroker = {
  readonly url: string;
  /** SIGKILL, then a new one with empty memory on the same port. */
  restart(pauseMs?: number): Promise<void>;
  stop(): Promise<void>;
};

async function launch(port: number): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', BROKER], {
    env: { ...process.env, PORT: String(port), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return { child, port: Number(line.toString()) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export async function startTestBroker(): Promise<TestBroker> {
  let broker = await launch(0);
  return {
    url: `mqtt://127.0.0.1:${broker.port}`,
    restart: async (pauseMs = 0) => {
      await kill(broker.child);
      await new Promise((wake) => setTimeout(wake, pauseMs));
      broker = await launch(broker.port);
    },
    stop: () => kill(broker.child),
  };
}
