import type { z } from 'zod';
import type * as http from '../contract/http/leases';
import type { readStatement } from '../db/queries/lease-history';
import { billKeyName, type Language } from '../domain/bill-name';
import type { LeaseId } from '../domain/ids';

const KINDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  bill: { zh: '出账', en: 'Billed' },
  voidBill: { zh: '账单作废', en: 'Bill voided' },
  payment: { zh: '收款', en: 'Payment' },
  creditUse: { zh: '预存抵扣', en: 'Paid from the prepayment' },
  waiver: { zh: '减免', en: 'Waived' },
  refundDue: { zh: '应退款', en: 'To be refunded' },
  refund: { zh: '退款', en: 'Refunded' },
  depositMove: { zh: '押金结转', en: 'Deposit settled' },
  opening: { zh: '期初余额', en: 'Opening balance' },
};

/** Keys name the bill after the lease (`bill/<lease>/<bill key>`); of a credit's use, the cause comes last. */
function textOf(kind: string, key: string, language: Language): string {
  const name = KINDS[kind]?.[language] ?? kind;
  if (kind !== 'bill' && kind !== 'voidBill') return name;
  const bill = billKeyName(key.split('/').slice(2).join('/'), language);
  return language === 'zh' ? `${name}（${bill}）` : `${name} (${bill})`;
}

/** The ledger's movements with their running balance: debit raises what the tenant owes. */
export function presentStatement(
  leaseId: LeaseId,
  read: Awaited<ReturnType<typeof readStatement>>,
): z.output<typeof http.statement> {
  let balanceFen = read.openingFen;
  const entries = read.rows.map(({ at, kind, account, key, amountFen }) => {
    balanceFen += amountFen;
    const texts = { text: textOf(kind, key, 'zh'), textEn: textOf(kind, key, 'en') };
    return { at, kind, account, ...texts, amountFen, balanceFen };
  });
  const { openingFen, depositHeldFen, prepaymentFen } = read;
  return { leaseId, openingFen, closingFen: balanceFen, depositHeldFen, prepaymentFen, entries };
}
