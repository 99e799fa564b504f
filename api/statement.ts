import type { z } from 'zod';
import type * as http from '../contract/http/leases';
import type { readStatement } from '../db/queries/lease-history';
import { billKeyName } from '../domain/bill-name';
import type { LeaseId } from '../domain/ids';

const KINDS: Readonly<Record<string, string>> = {
  bill: '出账',
  voidBill: '账单作废',
  payment: '收款',
  creditUse: '预存抵扣',
  waiver: '减免',
  refundDue: '应退款',
  refund: '退款',
  depositMove: '押金结转',
  opening: '期初余额',
};

/** Keys name the bill after the lease (`bill/<lease>/<bill key>`); of a credit's use, the cause comes last. */
function textOf(kind: string, key: string): string {
  const name = KINDS[kind] ?? kind;
  if (kind !== 'bill' && kind !== 'voidBill') return name;
  return `${name}（${billKeyName(key.split('/').slice(2).join('/'))}）`;
}

/** The ledger's movements with their running balance: debit raises what the tenant owes. */
export function presentStatement(
  leaseId: LeaseId,
  read: Awaited<ReturnType<typeof readStatement>>,
): z.output<typeof http.statement> {
  let balanceFen = read.openingFen;
  const entries = read.rows.map(({ at, kind, account, key, amountFen }) => {
    balanceFen += amountFen;
    return { at, kind, account, text: textOf(kind, key), amountFen, balanceFen };
  });
  const { openingFen, depositHeldFen, prepaymentFen } = read;
  return { leaseId, openingFen, closingFen: balanceFen, depositHeldFen, prepaymentFen, entries };
}
