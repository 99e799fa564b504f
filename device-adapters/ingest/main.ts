import { mqttUrl, postgresUrl } from '../../contract/config-fields';
import { readSettings, settingsOf } from '../../contract/settings';
import { openDatabase } from '../../db/knex';
import { runIngest } from './service';

const SETTINGS = { DATABASE_URL: postgresUrl, MQTT_URL: mqttUrl };

const log = (message: string) => process.stdout.write(`ingest: ${message}\n`);

const env = settingsOf('ingest', (given) => readSettings(SETTINGS, given));
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
