import { addDays, type LocalDate, localDate } from '../../../../domain/calendar';
import { schedule } from '../../../../domain/schedule';
import type { LeaseTerms as Terms } from '../../../../domain/terms';
import type { BillRow, Lease } from '../../data/contract';

/** Days on which something is to happen on a lease by itself: bills go out and fall due, arrears lock, the end nears and comes. */
function agenda(lease: Lease, bills: readonly BillRow[]): LocalDate[] {
  const grace = lease.policy.enforcement.graceDays + 1;
  const end = localDate(lease.endsOn);
  const periods = schedule(lease.terms as unknown as Terms).flatMap((p) => [p.issueOn, p.dueOn]);
  const open = bills.filter((bill) => bill.openFen > 0).map((bill) => addDays(localDate(bill.dueOn), grace));
  return [...periods, ...open, addDays(end, -lease.policy.endingNoticeDays), end, addDays(end, 1)];
}

/** The first such day after `today`; undefined when nothing more is to come. */
export const nextItemAfter = (lease: Lease, bills: readonly BillRow[], today: LocalDate): LocalDate | undefined =>
  agenda(lease, bills)
    .filter((day) => day > today)
    .sort()[0];
