import type { LeaseId } from '../domain/ids';
import type { LeaseEvent } from './lease-write';
import type { Tx } from './tx';

/** Adds to the lease's timeline; an event whose key is there already is passed over. `at` holds where an event names no time. */
export async function appendEvents(tx: Tx, leaseId: LeaseId, at: string, events: readonly LeaseEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO lease_event (operator_id, lease_id, dedupe_key, at, kind, data)
      SELECT $1, $2, key, coalesce(at, $3), kind, coalesce(data, '{}')
        FROM jsonb_to_recordset($4::jsonb) AS e(key text, at timestamptz, kind text, data jsonb)
      ON CONFLICT DO NOTHING`,
    [tx.operatorId, leaseId, at, JSON.stringify(events)],
  );
}

export type StoredEvent = {
  readonly key: string;
  /** Order in which events of the same instant were written. */
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The timeline in business order, or the events of one kind. */
export const timeline = (tx: Tx, leaseId: LeaseId, kind: string | null = null): Promise<readonly StoredEvent[]> =>
  tx.query(
    `SELECT dedupe_key AS key, seq, at, kind, data FROM lease_event
      WHERE lease_id = $1 AND ($2::text IS NULL OR kind = $2) ORDER BY at, seq`,
    [leaseId, kind],
  );

/** What an event of that key says; undefined when it was never told. Under the lease's lock it says whether a step was carried out before. */
export async function findEvent(tx: Tx, leaseId: LeaseId, key: string): Promise<StoredEvent['data'] | undefined> {
  const [event] = await tx.query<Pick<StoredEvent, 'data'>>(
    'SELECT data FROM lease_event WHERE operator_id = $1 AND lease_id = $2 AND dedupe_key = $3',
    [tx.operatorId, leaseId, key],
  );
  return event?.data;
}
