import { startBroker } from './broker';

/** The broker as a process of its own, so that it can crash and be restarted apart from everything else. */
async function main(): Promise<void> {
  const broker = await startBroker(Number(process.env.MQTT_PORT ?? 1883));
  process.stdout.write(`broker: listening on 127.0.0.1:${broker.port}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void broker.close().finally(() => process.exit(0)));
  }
}

main().catch((error: Error) => {
  process.stderr.write(`broker: ${error.message}\n`);
  process.exitCode = 1;
});
