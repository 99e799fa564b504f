import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { eventText } from '../../contract/http/event-text';
import { leaseWorkflowId } from '../../contract/temporal/lease';
import { leaseHandle } from '../../contract/temporal/start-lease';
import { readClock, skipTime, untilArrived, type WorkflowClock } from '../../contract/temporal/time-travel';
import { timeline } from '../../db/events';
import { updateLease } from '../../db/leases';
import { withOperator } from '../../db/tx';
import type { LeaseId, OperatorId } from '../../domain/ids';

export type TimelineEntry = { readonly at: string; readonly kind: string; readonly text: string };

const LOOK_MS = 15;
const PATIENCE_MS = 60_000;

/** Waits until `look` sees something. @throws Error naming what was waited for */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(LOOK_MS)) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`waited ${PATIENCE_MS / 1_000} s in vain for ${what}`);
}

export type LeaseWatch = ReturnType<typeof watchLease>;

/** One lease as it stands in the record, and its clock. */
export function watchLease(
  parts: { readonly knex: Knex; readonly client: Client },
  operatorId: OperatorId,
  leaseId: LeaseId,
) {
  const { knex, client } = parts;
  const row = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> =>
    (await withOperator(knex, operatorId, (tx) => tx.query<Row>(sql, [leaseId, ...values])))[0];
  const clock = (): Promise<WorkflowClock> => readClock(leaseHandle(client, leaseId));
  return {
    leaseId,
    clock,
    status: async () => (await row<{ status: string }>('SELECT status FROM lease WHERE id = $1'))?.status ?? '',
    /** Everything that is open, oldest first. */
    openBillIds: async (): Promise<readonly string[]> =>
      (
        await row<{ ids: string[] }>(
          `SELECT coalesce(array_agg(id ORDER BY due_on), '{}') AS ids FROM bill WHERE lease_id = $1 AND open_fen > 0`,
        )
      )?.ids ?? [],
    applied: async (paymentId: string) =>
      Boolean(await row(`SELECT 1 FROM payment WHERE lease_id = $1 AND id = $2 AND status = 'applied'`, [paymentId])),
    enforcement: async () =>
      (await row<{ state: string }>('SELECT enforcement AS state FROM lease WHERE id = $1'))?.state ?? '',
    /** Carries the lease to an instant (epoch ms), or to its end if that comes first, and lets the API know its clock. */
    async travelTo(instant: number): Promise<void> {
      const ms = instant - (await clock()).now;
      if (ms <= 0) return;
      const id = uuid();
      await skipTime(client, leaseWorkflowId(leaseId), { id, ms });
      await untilArrived(client, leaseWorkflowId(leaseId), { id, patienceMs: PATIENCE_MS });
      const travelledTo = new Date((await clock()).now).toISOString();
      await withOperator(knex, operatorId, (tx) => updateLease(tx, leaseId, { travelledTo }));
    },
    timeline: async (): Promise<TimelineEntry[]> =>
      (await withOperator(knex, operatorId, (tx) => timeline(tx, leaseId))).map(({ at, kind, data }) => ({
        at,
        kind,
        text: eventText(kind, data),
      })),
  };
}
