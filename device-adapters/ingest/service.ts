import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import mqtt from 'mqtt';
import { parsePayload, StateReport } from '../../contract/mqtt/messages';
import { FIRE_ALARM_FILTER, parseRoomTopic, STATE_FILTER } from '../../contract/mqtt/topics';
import { withOperator } from '../../db/tx';
import type { OperatorId } from '../../domain/ids';
import { type AlarmInbox, createAlarmInbox } from './alarm-inbox';
import { createLatestBatch } from './latest-batch';
import { type ReceivedReport, storeReports } from './store';

export type IngestOptions = {
  readonly mqttUrl: string;
  /** A pool of the app's role. */
  readonly database: Knex;
  readonly log?: (message: string) => void;
};

/** So many alarms may wait for the database before the broker is held back. */
const MAX_WAITING_ALARMS = 100;

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

export type Ingest = { readonly close: () => Promise<void>; readonly refusedAlarms: AlarmInbox['refused'] };

/**
 * Carries state reports and fire alarms from the broker into the database until closed. Its session is clean on purpose: both are
 * retained, so each connection begins with how everything stands, and nothing is lost by acknowledging before storing.
 * Any number of these may run: each stores everything, and what is stored already changes nothing (the embedded broker
 * speaks MQTT 3.1.1 and has no shared subscriptions).
 */
export function runIngest({ mqttUrl, database, log }: IngestOptions): Ingest {
  const batch = createLatestBatch<ReceivedReport>({
    ...LIMITS,
    flush: async (received) => {
      for (const [operatorId, reports] of byOperator(received)) {
        await withOperator(database, operatorId, (tx) => storeReports(tx, reports));
      }
    },
    onError: (error) => log?.(`not stored, tried again: ${error.message}`),
  });
  const alarms = createAlarmInbox({ database, log, retryDelayMs: LIMITS.retryDelayMs });
  const takeReport = (topic: string, payload: Buffer): Promise<void> | undefined => {
    const parsed = parseRoomTopic(topic);
    const report = parsed === undefined ? undefined : parsePayload(StateReport, payload);
    if (parsed === undefined || report?.part !== parsed.address.part) return undefined;
    return batch.add(topic, { address: parsed.address, report });
  };
  let waitingAlarms = 0;
  const takeAlarm = (topic: string, payload: Buffer): Promise<void> | undefined => {
    waitingAlarms += 1;
    const taken = alarms.take(topic, payload).finally(() => {
      waitingAlarms -= 1;
    });
    return waitingAlarms < MAX_WAITING_ALARMS ? undefined : taken;
  };
  const client = mqtt.connect(mqttUrl, { clientId: `ingest-${randomUUID()}`, clean: true, reconnectPeriod: 500 });
  client.on('error', (error) => log?.(`MQTT: ${error.message}`));
  client.on('connect', () => log?.('connected to the broker'));
  // The acknowledgement waits while too much is waiting for the database, and the broker then sends no more.
  client.handleMessage = ({ topic, payload }, done) => {
    const take = topic.endsWith('/fire-alarm') ? takeAlarm : takeReport;
    const room = take(topic, Buffer.from(payload));
    if (room === undefined) done();
    else void room.then(() => done());
  };
  client.subscribe([STATE_FILTER, FIRE_ALARM_FILTER], { qos: 1 });
  return {
    refusedAlarms: alarms.refused,
    close: async () => {
      await client.endAsync(true);
      await Promise.all([batch.close(), alarms.close()]);
    },
  };
}
