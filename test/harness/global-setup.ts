import { startTestServers, type TestServers } from './servers';

declare global {
  /** Handed from set-up to teardown; Jest runs both in the same process. */
  var testServers: TestServers | undefined;
}

/** Runs only when a test of the `int` project is selected. The addresses reach the tests as environment variables. */
export default async function globalSetup(): Promise<void> {
  const servers = await startTestServers((line) => process.stderr.write(`${line}\n`));
  globalThis.testServers = servers;
  process.env.TEST_POSTGRES_URL = servers.serverUrl;
  process.env.TEST_TEMPORAL_ADDRESS = servers.temporalAddress;
  process.env.TEST_TEMPORAL_KIND = servers.temporalKind;
}
