import { port } from '../../contract/config-fields';
import { readSettings, settingsOf } from '../../contract/settings';
import { startBroker } from './broker';

/** The broker as a process of its own, so that it can crash and be restarted apart from everything else. */
async function main(): Promise<void> {
  const { MQTT_PORT } = settingsOf('broker', (env) => readSettings({ MQTT_PORT: port.default(1883) }, env));
  const broker = await startBroker(MQTT_PORT);
  process.stdout.write(`broker: listening on 127.0.0.1:${broker.port}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void broker.close().finally(() => process.exit(0)));
  }
}

main().catch((error: Error) => {
  process.stderr.write(`broker: ${error.message}\n`);
  process.exitCode = 1;
});
