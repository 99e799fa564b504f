import type { Knex } from 'knex';
import type { LeaseRecords, Payout, Step } from '../../contract/temporal/lease-activities';
import type { Damage } from '../../contract/temporal/lease-state';
import { balance, billedLines, issueBills, useCredit, voidBill } from '../../db/bills';
import { appendEvents, findEvent } from '../../db/events';
import type { Balance } from '../../db/lease-write';
import { freeRoom, loadLease, updateLease } from '../../db/leases';
import { balances, post } from '../../db/ledger';
import { serveNotices } from '../../db/notices';
import { billHistories } from '../../db/payments';
import { refundsOf, requestRefund } from '../../db/refunds';
import type { Tx } from '../../db/tx';
import type { BillDraft } from '../../domain/bill';
import type { LocalDate } from '../../domain/calendar';
import type { LeaseId } from '../../domain/ids';
import { postDepositMove, postRefundDue } from '../../domain/ledger';
import { type Fen, fen, sumFen } from '../../domain/money';
import { lateFeesOf } from '../../domain/payment-decision';
import { explainSettlement, settle } from '../../domain/settlement';
import { issuedEvent } from './billing';
import { auditCommand, auditStep } from './command-audit';
import { inLease } from './in-lease';
import { tenantNotice } from './notice';
import { recordMove } from './status';

/** How a lease's account is closed: after a tenancy (settlement), or before one began (unwinding). */
export function settlement(
  db: Knex,
): Pick<LeaseRecords, 'settleLease' | 'unwindLease' | 'recordInspection' | 'refundCredit'> {
  return {
    recordInspection: (input) =>
      inLease(db, input.ref, async (tx) => {
        const { ref, at, by, damages, checkout } = input;
        if (await findEvent(tx, ref.leaseId, 'inspected')) return;
        await updateLease(tx, ref.leaseId, { checkout });
        const facts = { before: { damages: null }, after: { damages }, why: 'inspection' };
        await auditCommand(tx, input, 'recordInspection', facts);
        await appendEvents(tx, ref.leaseId, at, [{ key: 'inspected', kind: 'inspected', data: { by, damages } }]);
      }),
    refundCredit: (input) =>
      inLease(db, input.ref, async (tx) => {
        const { leaseId } = input.ref;
        const held = await balance(tx, leaseId);
        const refunds = await refundsOf(tx, leaseId);
        if (held.prepaymentFen > 0) return openRefund(tx, input, held, `credit/${refunds.length}`);
        // Asked again after a crash: the refund that was opened then is still to be sent.
        const pending = refunds.find(({ status }) => status !== 'done');
        const pay = pending ? { refundId: pending.id, amountFen: pending.amountFen } : null;
        return { ...held, pay, owedFen: sumFen(held.open.map(({ openFen }) => openFen)) };
      }),
    settleLease: (input) =>
      inLease(db, input.ref, async (tx) => {
        const { ref, at, today, damages, policy } = input;
        const { leaseId, communityId } = ref;
        const fees = lateFeesOf(await billHistories(tx, leaseId), [], policy, { today, cause: 'settlement' });
        const drafts = [...fees, ...damageBill(damages, today)];
        await issueBills(tx, { leaseId, communityId, at, drafts, events: drafts.map(issuedEvent) });
        const before = await balance(tx, leaseId);
        const depositFen = await depositHeld(tx, leaseId);
        const account = settle({ ...before, depositFen, damages: [] });
        await moveDeposit(tx, input, 'settlement');
        const after = await useCredit(tx, { leaseId, communityId, at }, await balance(tx, leaseId), 'settlement');
        const payout = await openRefund(tx, input, after, 'settlement');
        const { pay, owedFen } = payout;
        const refundFen = pay?.amountFen ?? fen(0);
        const data = { refundFen, owedFen, damages, lines: account.lines, text: explainSettlement(account) };
        if (!(await findEvent(tx, leaseId, 'settled'))) {
          const { prepaymentFen, open } = before;
          await auditStep(tx, leaseId, {
            action: 'lease.settle',
            before: { depositFen, prepaymentFen, openFen: sumFen(open.map(({ openFen }) => openFen)) },
            after: { depositFen: 0, refundFen, owedFen },
            why: 'checkout',
          });
        }
        await appendEvents(tx, leaseId, at, [{ key: 'settled', kind: 'settled', data }]);
        const words = { room: ref.roomNo, refund: refundFen, owed: owedFen };
        await serveNotices(tx, ref, at, [tenantNotice('settled', 'settled', words)]);
        return payout;
      }),
    unwindLease: (move) =>
      inLease(db, move.ref, async (tx) => {
        const { ref, at, to, reason } = move;
        const { leaseId, communityId } = ref;
        const { terms } = await loadLease(tx, leaseId);
        for (const { key, voided } of await billedLines(tx, leaseId)) {
          if (!voided) await voidBill(tx, { leaseId, communityId, at, key, reason: to });
        }
        const payout = await openRefund(tx, move, await balance(tx, leaseId), to);
        await freeRoom(tx, leaseId, terms.startsOn);
        await recordMove(tx, move);
        if (to === 'rejected') {
          const words = { room: ref.roomNo, lease: ref.number, reason, amount: payout.pay?.amountFen ?? fen(0) };
          await serveNotices(tx, ref, at, [tenantNotice('rejected', 'rejected', words)]);
        }
        return payout;
      }),
  };
}

const depositHeld = async (tx: Tx, leaseId: LeaseId): Promise<Fen> =>
  fen(0 - ((await balances(tx, { leaseId }, null)).get('deposit') ?? 0));

/** The deposit stops being one: what is held of it becomes the tenant's credit. Nothing is held any more when it is asked again. */
async function moveDeposit(tx: Tx, { ref, at }: Step, cause: string): Promise<void> {
  const { leaseId, communityId } = ref;
  const held = await depositHeld(tx, leaseId);
  if (held > 0) await post(tx, communityId, [postDepositMove({ leaseId, at }, { amountFen: held, cause })]);
}

/** All credit that is left goes back, once per `key`; asked again, the refund that was opened then is answered. */
async function openRefund(tx: Tx, { ref, at }: Step, after: Balance, key: string): Promise<Payout> {
  const { leaseId, communityId } = ref;
  const owedFen: Fen = sumFen(after.open.map(({ openFen }) => openFen));
  if (after.prepaymentFen <= 0) return { ...after, owedFen, pay: await openedBefore(tx, leaseId, key) };
  const amountFen = after.prepaymentFen;
  const refund = await requestRefund(tx, { leaseId, key, amountFen, reason: key, at });
  if (refund.isNew) {
    await auditStep(tx, leaseId, {
      action: 'lease.openRefund',
      before: { prepaymentFen: amountFen },
      after: { prepaymentFen: 0, refundId: refund.id, refundFen: amountFen },
      why: key.split('/')[0] ?? key,
    });
  }
  await post(tx, communityId, [postRefundDue({ leaseId, at }, { refundId: refund.id, amountFen })]);
  return { ...(await balance(tx, leaseId)), owedFen, pay: { refundId: refund.id, amountFen } };
}

async function openedBefore(tx: Tx, leaseId: Step['ref']['leaseId'], key: string): Promise<Payout['pay']> {
  const [row] = await tx.query<NonNullable<Payout['pay']>>(
    `SELECT id AS "refundId", amount_fen AS "amountFen" FROM refund WHERE lease_id = $1 AND key = $2 AND status <> 'done'`,
    [leaseId, key],
  );
  return row ?? null;
}

const damageBill = (damages: readonly Damage[], on: LocalDate): BillDraft[] =>
  damages.length === 0
    ? []
    : [
        {
          key: 'damage',
          kind: 'damage',
          periodFrom: on,
          periodUntil: on,
          issueOn: on,
          dueOn: on,
          lines: damages.map(({ text, amountFen }) => ({
            kind: 'damage',
            from: on,
            until: on,
            amountFen,
            taxFen: fen(0),
            explain: text,
          })),
        },
      ];
