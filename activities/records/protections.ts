import type { Knex } from 'knex';
import type { CommandStep, LeaseRecords } from '../../contract/temporal/lease-activities';
import { grantExemption, lastExemption, promisedFor, recordPromise } from '../../db/enforcement';
import { appendEvents, findEvent } from '../../db/events';
import type { LeaseEvent } from '../../db/lease-write';
import { loadLease, updateLease } from '../../db/leases';
import type { Tx } from '../../db/tx';
import { addDays, shanghaiInstant } from '../../domain/calendar';
import { auditCommand, commandKey } from './command-audit';
import { inLease } from './in-lease';

type Records = Pick<LeaseRecords, 'recordExemption' | 'recordPromise' | 'recordHumanRelease' | 'recordConfirmation'>;

/** What people decide about a lock-out: what holds it off, and the yes that it waits for. */
export function protectionSteps(db: Knex): Records {
  return {
    recordExemption: (input) =>
      onRecord(db, input, `exemption/${commandKey(input)}`, async (tx) => {
        const { ref, at, by, reason, until } = input;
        const before = { exemption: await lastExemption(tx, ref.leaseId) };
        await grantExemption(tx, { leaseId: ref.leaseId, by, at, reason, until });
        await auditCommand(tx, input, 'grantExemption', {
          before,
          after: { exemption: { reason, until } },
          why: reason,
        });
        return { kind: 'exempted', data: { by, reason, until } };
      }),
    recordPromise: (input) =>
      onRecord(db, input, `promise/${input.until}/${commandKey(input)}`, async (tx) => {
        const { ref, at, by, amountFen, until } = input;
        const before = { until, amountFen: await promisedFor(tx, ref.leaseId, until) };
        await recordPromise(tx, { leaseId: ref.leaseId, by, at, amountFen, until });
        await auditCommand(tx, input, 'promiseInstalment', { before, after: { until, amountFen }, why: 'promise' });
        return { kind: 'promised', data: { by, amountFen, until } };
      }),
    recordHumanRelease: (input) =>
      onRecord(db, input, `human-release/${commandKey(input)}`, async (tx) => {
        const { ref, at, by, reason, until } = input;
        const { humanRelease: before, enforcement } = await loadLease(tx, ref.leaseId);
        const end = until && new Date(shanghaiInstant(addDays(until, 1), 0)).toISOString();
        const humanRelease = { by, reason, until: end, at };
        await updateLease(tx, ref.leaseId, { humanRelease });
        await auditCommand(tx, input, 'releaseEnforcement', {
          before: { enforcement, humanRelease: before },
          after: { humanRelease },
          why: reason,
        });
        return { kind: 'humanRelease', data: { by, reason, until } };
      }),
    recordConfirmation: (input) =>
      onRecord(db, input, `confirmation/${commandKey(input)}`, async (tx) => {
        const { ref, by } = input;
        const { enforcement } = await loadLease(tx, ref.leaseId);
        const after = { enforcement, confirmedBy: by };
        const before = { enforcement, confirmedBy: null };
        await auditCommand(tx, input, 'confirmEnforcement', { before, after, why: 'confirmed' });
        return { kind: 'lockOutConfirmed', data: { by } };
      }),
  };
}

/** One transaction that writes the event of `key` down with its effect; when the event was told before, so was the effect. */
const onRecord = (
  db: Knex,
  { ref, at }: CommandStep,
  key: string,
  work: (tx: Tx) => Promise<Omit<LeaseEvent, 'key'>>,
): Promise<void> =>
  inLease(db, ref, async (tx) => {
    if (await findEvent(tx, ref.leaseId, key)) return;
    await appendEvents(tx, ref.leaseId, at, [{ key, ...(await work(tx)) }]);
  });
