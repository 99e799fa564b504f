import { Client, Connection } from '@temporalio/client';
import type { Config } from '../contract/config';
import { dataConverterOf } from '../contract/temporal/codec';

/**
 * A client that connects when it is first used, so that the API starts, and keeps serving what needs no workflow, while Temporal is
 * down.
 */
export function connectTemporal({ address, namespace, codecKeys }: Config['temporal']): Client {
  const connection = Connection.lazy({ address, connectTimeout: '5 seconds' });
  return new Client({ connection, namespace, dataConverter: dataConverterOf(codecKeys) });
}

/** Whether the server answers for our namespace within the caller's patience. */
export async function temporalReady(client: Client): Promise<boolean> {
  await client.withDeadline(Date.now() + 2_000, () =>
    client.connection.workflowService.describeNamespace({ namespace: client.options.namespace }),
  );
  return true;
}
