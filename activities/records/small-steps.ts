import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { LeaseRecords } from '../../contract/temporal/lease-activities';
import { balance, billedLines } from '../../db/bills';
import { recordWaiver } from '../../db/enforcement';
import { appendEvents } from '../../db/events';
import { writeLease } from '../../db/lease-write';
import { openWorkOrder } from '../../db/work-orders';
import { shanghaiDate } from '../../domain/calendar';
import { postWaiver } from '../../domain/ledger';
import { estimateWorkingDays, type WorkingDayOverride } from '../../domain/working-days';
import { WORKING_CALENDAR } from '../../domain/working-days-data';
import { auditCommand } from './command-audit';
import { inLease } from './in-lease';

export function smallSteps(
  db: Knex,
): Pick<LeaseRecords, 'openWorkOrder' | 'waiveLateFee' | 'inspectionDeadline' | 'recordHandOver'> {
  return {
    openWorkOrder: ({ ref, at, key, kind, title, roomId }) =>
      inLease(db, ref, (tx) =>
        openWorkOrder(tx, {
          key,
          kind,
          at,
          roomId,
          communityId: ref.communityId,
          leaseId: ref.leaseId,
          title: `${ref.roomNo}(${ref.number}):${title}`,
        }),
      ),
    recordHandOver: ({ ref, at, roomId, confirmed }) =>
      inLease(db, ref, (tx) =>
        appendEvents(tx, ref.leaseId, at, [{ key: 'handed-over', kind: 'handedOver', data: { roomId, confirmed } }]),
      ),
    waiveLateFee: (input) =>
      inLease(db, input.ref, async (tx) => {
        const { ref, at, by, billKey, reason } = input;
        const { leaseId, communityId } = ref;
        const bill = (await billedLines(tx, leaseId)).find(({ key }) => key === billKey);
        if (bill?.kind !== 'lateFee') throw ApplicationFailure.nonRetryable(`no late fee ${billKey}`, 'NoSuchLateFee');
        if (bill.openFen <= 0) return balance(tx, leaseId);
        const amountFen = bill.openFen;
        const { waiverId, isNew } = await recordWaiver(tx, {
          leaseId,
          billId: bill.id,
          key: `${billKey}/${amountFen}`,
          amountFen,
          reason,
          by,
          at,
        });
        if (!isNew) return balance(tx, leaseId);
        await auditCommand(tx, input, 'waiveLateFee', {
          before: { billKey, openFen: amountFen },
          after: { billKey, openFen: 0, waiverId },
          why: reason,
        });
        const effectiveOn = shanghaiDate(Date.parse(at));
        return writeLease(tx, {
          leaseId,
          communityId,
          at,
          allocations: [{ key: billKey, amountFen, paymentId: null, reason: 'waiver', effectiveOn }],
          ledger: [postWaiver({ leaseId, at }, { waiverId, amountFen })],
          events: [{ key: `waiver/${waiverId}`, kind: 'waived', data: { billKey, amountFen, reason, by } }],
        });
      }),
    inspectionDeadline: ({ ref, today, workingDays }) =>
      inLease(db, ref, async (tx) => {
        const own = await tx.query<WorkingDayOverride>(
          'SELECT day, is_working AS working FROM working_day_override WHERE day >= $1::date',
          [today],
        );
        return estimateWorkingDays(today, workingDays, WORKING_CALENDAR, own).day;
      }),
  };
}
