import { join } from 'node:path';
import { httpUrl, port, words } from '../../contract/config-fields';
import { readSettings, settingsOf } from '../../contract/settings';
import { startSimulator } from './server';

const SETTINGS = {
  DATA_DIR: words,
  SIMULATOR_HOST: words.default('127.0.0.1'),
  SIMULATOR_PORT: port.default(0),
  /** How browsers reach it, when that is not host and port. */
  SIMULATOR_PUBLIC_URL: httpUrl.optional(),
};

const log = (message: string) => process.stdout.write(`simulator: ${message}\n`);

async function main() {
  const env = settingsOf('simulator', (given) => readSettings(SETTINGS, given));
  const simulator = await startSimulator({
    keyDir: env.DATA_DIR,
    host: env.SIMULATOR_HOST,
    port: env.SIMULATOR_PORT,
    bookFile: join(env.DATA_DIR, 'simulator', 'cashier.jsonl'),
    ...(env.SIMULATOR_PUBLIC_URL === undefined ? {} : { publicUrl: env.SIMULATOR_PUBLIC_URL }),
    log,
  });
  log(`simulated Alipay, WeChat Pay, cashier and SMS inbox on ${simulator.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().finally(() => process.exit(0)));
  }
}

main().catch((error: Error) => {
  process.stderr.write(`simulator: ${error.message}\n`);
  process.exitCode = 1;
});
