import { join } from 'node:path';
import { z } from 'zod';
import { startSimulator } from './server';

const Env = z.object({
  DATA_DIR: z.string().min(1),
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  /** How browsers reach it, when that is not host and port. */
  SIMULATOR_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
});

const log = (message: string) => process.stdout.write(`simulator: ${message}\n`);

async function main() {
  const env = Env.parse(process.env);
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
