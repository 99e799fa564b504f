import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import mqtt from 'mqtt';
import { parsePayload, StateReport } from '../../contract/mqtt/messages';
import { parseRoomTopic, STATE_FILTER } from '../../contract/mqtt/topics';
import { withOperator } from '../../db/tx';
import type { OperatorId } from '../../domain/ids';
import { createLatestBatch } from './latest-batch';
import { type ReceivedReport, storeReports } from './store';

export type IngestOptions = {
  readonly mqttUrl: string;
  /** A pool of the app's role. */
  readonly database: Knex;
  readonly log?: (message: string) => void;
};

const LIMITS = { maxItems: 500, maxDelayMs: 100, maxWaiting: 5_000, retryDelayMs: 1_000 };

function byOperator(received: readonly ReceivedReport[]): Map<OperatorId, ReceivedReport[]> {
  const groups = new Map<OperatorId, ReceivedReport[]>();
  for (const one of received) {
    const group = groups.get(one.address.operatorId);
    if (group === undefined) groups.set(one.address.operatorId, [one]);
    else group.push(one);
  }
  return groups;
}

/**
 * Carries state reports from the broker into the database until closed. Its session is clean on purpose: reports are
 * retained, so each connection begins with how every device stands, and nothing is lost by acknowledging before storing.
 * Any number of these may run: each stores everything, and equal or older reports change nothing (the embedded broker
 * speaks MQTT 3.1.1 and has no shared subscriptions).
 */
export function runIngest({ mqttUrl, database, log }: IngestOptions): { readonly close: () => Promise<void> } {
  const batch = createLatestBatch<ReceivedReport>({
    ...LIMITS,
    flush: async (received) => {
      for (const [operatorId, reports] of byOperator(received)) {
        await withOperator(database, operatorId, (tx) => storeReports(tx, reports));
      }
    },
    onError: (error) => log?.(`not stored, tried again: ${error.message}`),
  });
  const client = mqtt.connect(mqttUrl, { clientId: `ingest-${randomUUID()}`, clean: true, reconnectPeriod: 500 });
  client.on('error', (error) => log?.(`MQTT: ${error.message}`));
  client.on('connect', () => log?.('connected to the broker'));
  // The acknowledgement waits while too much is waiting for the database, and the broker then sends no more.
  client.handleMessage = (packet, done) => {
    const parsed = parseRoomTopic(packet.topic);
    const report = parsed === undefined ? undefined : parsePayload(StateReport, packet.payload);
    if (parsed === undefined || report?.part !== parsed.address.part) return done();
    const room = batch.add(packet.topic, { address: parsed.address, report });
    if (room === undefined) done();
    else void room.then(() => done());
  };
  client.subscribe(STATE_FILTER, { qos: 1 });
  return {
    close: async () => {
      await client.endAsync(true);
      await batch.close();
    },
  };
}
