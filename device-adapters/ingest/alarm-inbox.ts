import type { Knex } from 'knex';
import { FireAlarm, parsePayload } from '../../contract/mqtt/messages';
import { parseFireAlarmTopic } from '../../contract/mqtt/topics';
import { withOperator } from '../../db/tx';
import { storePanelMessage } from './fire-alarm';

type AlarmInboxOptions = {
  /** A pool of the app's role. */
  readonly database: Knex;
  readonly retryDelayMs: number;
  readonly log?: ((message: string) => void) | undefined;
};

/** Why a message on a fire alarm topic was not taken: no message of ours, a building that nobody has, text that no database takes. */
type Refused = Record<'unreadable' | 'unknownBuilding' | 'unstorable', number>;

export type AlarmInbox = {
  /** Takes a message of a fire alarm topic; resolves when it is stored or refused, and never rejects. */
  take(topic: string, payload: Buffer): Promise<void>;
  readonly refused: Readonly<Refused>;
  /** Stops trying; what waits is retained by the broker and comes again with the next connection. */
  close(): Promise<void>;
};

/** SQLSTATE classes 22 and 23: the message itself is at fault, and no later try will store it. */
const isFinal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && /^2[23]/.test(String(error.code));

/** 1, 2, 4, 8 ...: a flood of bad messages must not become a flood of log lines. */
const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;

/** Stores fire panels' messages one by one, each until it is stored: an alarm is worth more than a batch. */
export function createAlarmInbox({ database, retryDelayMs, log }: AlarmInboxOptions): AlarmInbox {
  const refused: Refused = { unreadable: 0, unknownBuilding: 0, unstorable: 0 };
  const running = new Set<Promise<void>>();
  let closed = false;
  const refuse = (why: keyof Refused) => {
    refused[why] += 1;
    if (isPowerOfTwo(refused[why])) log?.(`fire alarm refused, ${why}: ${refused[why]} so far`);
  };

  const store = async (topic: string, payload: Buffer): Promise<void> => {
    const address = parseFireAlarmTopic(topic);
    const alarm = parsePayload(FireAlarm, payload);
    if (!address || !alarm) return refuse('unreadable');
    const { operatorId, buildingId } = address;
    const message = { buildingId, alarm };
    const now = new Date().toISOString();
    const outcome = await withOperator(database, operatorId, (tx) => storePanelMessage(tx, message, now));
    if (outcome === 'unknownBuilding') return refuse('unknownBuilding');
    if (outcome !== 'known') log?.(`fire alarm ${alarm.alarmId} of building ${buildingId}: ${outcome}`);
  };

  const untilStored = async (topic: string, payload: Buffer): Promise<void> => {
    while (!closed) {
      try {
        return await store(topic, payload);
      } catch (error) {
        if (isFinal(error)) return refuse('unstorable');
        log?.(`fire alarm not stored, tried again: ${(error as Error).message}`);
        await new Promise((wake) => setTimeout(wake, retryDelayMs));
      }
    }
  };

  return {
    refused,
    take(topic, payload) {
      const taken = untilStored(topic, payload);
      running.add(taken);
      return taken.finally(() => running.delete(taken));
    },
    close: async () => {
      closed = true;
      await Promise.all(running);
    },
  };
}
