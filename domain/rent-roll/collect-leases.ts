import { addDays } from '../calendar';
import { type Fen, fen } from '../money';
import { both } from './cell';
import { identify } from './collect-tenants';
import { communityKeyOf, type Draft, elsewhere, roomKeyOf } from './draft';
import type { Row } from './fields';
import { type RollLease, rollKey } from './roll';
import { type Origin, type Refusal, refusal } from './table';

/** A running lease as one row states it, in a sheet of leases or in a rent roll. */
export type LeaseFacts = Row<'leases'>;

export function checkLease(draft: Draft, origin: Origin, row: LeaseFacts): Refusal[] {
  const refused: Refusal[] = [];
  const no = (field: string, zh: string, en: string) => refused.push(refusal(origin, field, both(zh, en)));
  if (row.end < row.start) no('end', '到期日早于起租日', 'the lease ends before it starts');
  if (row.rent === 0) no('rent', '租金不能为 0', 'the rent must not be zero');
  if (row.paidUntil !== null && (row.paidUntil > row.end || row.paidUntil < addDays(row.start, -1))) {
    no('paidUntil', '不在租期之内', 'is not within the lease');
  }
  if (row.nextPeriod !== null && (row.nextPeriod < row.start || row.nextPeriod > addDays(row.end, 1))) {
    no('nextPeriod', '不在租期之内', 'is not within the lease');
  }
  if (row.nextPeriod !== null && row.paidUntil !== null && row.nextPeriod <= row.paidUntil) {
    no(
      'nextPeriod',
      '早于已付至日期,会重复收租',
      'lies before the day the rent is paid until; it would be billed twice',
    );
  }
  if ((row.arrears ?? 0) > 0 && (row.prepayment ?? 0) > 0) {
    no('prepayment', '欠费与预存余额不能同时大于 0', 'arrears and prepayment cannot both be above zero');
  }
  const sameRoom = draft.leases.get(leaseKeyOf(row));
  if (sameRoom) refused.push(refusal(origin, 'room', elsewhere(sameRoom.origin, origin)));
  const sameNumber = row.number === null ? undefined : draft.leaseNumbers.get(row.number);
  if (sameNumber) refused.push(refusal(origin, 'number', elsewhere(sameNumber, origin)));
  return refused;
}

const leaseKeyOf = (row: LeaseFacts): string => rollKey(roomKeyOf(row), row.start);

/** Call {@link checkLease} before; what remains to go wrong is who the tenant is. */
export function putLease(draft: Draft, origin: Origin, row: LeaseFacts): Refusal[] {
  const person = identify(draft, origin, { name: row.tenant, phone: row.phone, idNumber: row.idNumber });
  if ('refused' in person) return [person.refused];
  const key = leaseKeyOf(row);
  draft.leases.set(key, {
    key,
    roomKey: roomKeyOf(row),
    communityKey: communityKeyOf(row),
    tenantKey: person.tenant.key,
    number: row.number,
    startsOn: row.start,
    endsOn: row.end,
    rateFen: row.rent,
    basis: row.basis ?? 'perMonth',
    cycle: row.cycle?.cycle ?? 1,
    escalation: row.escalation ?? { kind: 'none' },
    alignment: row.alignment ?? 'leaseDate',
    taxBasisPoints: row.taxRate ?? 0,
    ...balances(row),
    paidUntil: row.paidUntil,
    nextPeriod: row.nextPeriod,
    origin,
  });
  if (row.number !== null) draft.leaseNumbers.set(row.number, origin);
  return [];
}

/** A negative balance is money paid ahead. A deposit that only 押一付三 tells is that many months' rent. */
function balances(row: LeaseFacts): Pick<RollLease, 'depositFen' | 'arrearsFen' | 'prepaymentFen'> {
  const balance = row.arrears ?? 0;
  return {
    depositFen: row.deposit ?? depositByRule(row),
    arrearsFen: fen(Math.max(0, balance)),
    prepaymentFen: fen((row.prepayment ?? 0) + Math.max(0, -balance)),
  };
}

function depositByRule({ cycle, rent, basis }: LeaseFacts): Fen {
  const months = cycle?.depositMonths ?? 0;
  return fen(months * (basis === 'perDay' ? rent * 30 : rent));
}

export function collectLease(draft: Draft, origin: Origin, row: LeaseFacts): Refusal[] {
  const refused = checkLease(draft, origin, row);
  return refused.length > 0 ? refused : putLease(draft, origin, row);
}
