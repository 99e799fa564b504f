import { z } from 'zod';
import { openDatabase } from '../../db/knex';
import { runIngest } from './service';

const Env = z.object({ MQTT_URL: z.url(), DATABASE_URL: z.url() });

const log = (message: string) => process.stdout.write(`ingest: ${message}\n`);

const env = Env.parse(process.env);
const database = openDatabase(env.DATABASE_URL, 'app', 2);
const ingest = runIngest({ mqttUrl: env.MQTT_URL, database, log });

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void ingest
      .close()
      .then(() => database.destroy())
      .finally(() => process.exit(0));
  });
}
