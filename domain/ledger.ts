import type { Allocation } from './allocation';
import type { BillDraft, BillLine, LineKind } from './bill';
import type { LeaseId, PaymentId, RefundId } from './ids';
import type { AccountCode, PaymentChannel } from './ledger-accounts';
import { type Fen, fen, sumFen } from './money';

export * from './ledger-accounts';

/** `amountFen` is signed: debit (借) positive, credit (贷) negative. */
export type LedgerEntry = { readonly account: AccountCode; readonly amountFen: Fen };

export type LedgerKind =
  | 'bill'
  | 'voidBill'
  | 'payment'
  | 'creditUse'
  | 'waiver'
  | 'refundDue'
  | 'refund'
  | 'depositMove'
  | 'opening';

/** A balanced transaction. `key` comes from the business event, so storing the same event twice is refused by the key. */
export type LedgerTransaction = {
  readonly key: string;
  readonly kind: LedgerKind;
  /** ISO instant, business time. */
  readonly at: string;
  readonly leaseId: LeaseId;
  /** Key of the transaction that this one reverses. */
  readonly reverses: string | null;
  readonly entries: readonly LedgerEntry[];
};

/** Whose event it is and when it happened in the business. */
export type Posting = { readonly leaseId: LeaseId; readonly at: string };

const LINE_ACCOUNT: Record<LineKind, AccountCode> = {
  rent: 'revenue.rent',
  discount: 'discount',
  deposit: 'deposit',
  propertyFee: 'revenue.propertyFee',
  network: 'revenue.other',
  furniture: 'revenue.other',
  lateFee: 'revenue.lateFee',
  penalty: 'revenue.penalty',
  damage: 'revenue.damage',
  opening: 'opening',
  water: 'revenue.utilities',
  electricity: 'revenue.utilities',
  other: 'revenue.other',
};

const billKey = (leaseId: LeaseId, key: string): string => `bill/${leaseId}/${key}`;

const billTotal = (lines: readonly BillLine[]): Fen => sumFen(lines.map(({ amountFen }) => amountFen));

/**
 * Bill issued: the total is owed (`receivable`), or given as credit (`prepayment`) when it is negative; each line without its tax is earned,
 * the tax is owed to the state, a billed deposit is owed back to the tenant. Null when no line has an amount.
 */
export function postBill(posting: Posting, draft: Pick<BillDraft, 'key' | 'lines'>): LedgerTransaction | null {
  const total = billTotal(draft.lines);
  const entries = [
    entry(total < 0 ? 'prepayment' : 'receivable', total),
    ...draft.lines.flatMap(({ kind, amountFen, taxFen }) => [
      entry(LINE_ACCOUNT[kind], taxFen - amountFen),
      entry('tax.output', -taxFen),
    ]),
  ];
  return transactionOrNull(posting, 'bill', billKey(posting.leaseId, draft.key), entries);
}

/**
 * The bill's own posting backwards. What had already been paid on it stays the tenant's money, as credit.
 * @throws RangeError when more was paid than the bill's total.
 */
export function postVoidBill(
  posting: Posting,
  draft: Pick<BillDraft, 'key' | 'lines'>,
  paidFen: Fen,
): LedgerTransaction | null {
  const issued = postBill(posting, draft);
  if (paidFen < 0 || paidFen > Math.max(0, billTotal(draft.lines))) {
    throw new RangeError(`bill ${draft.key} cannot have ${paidFen} fen paid on it`);
  }
  if (issued === null) return null;
  const entries = [
    ...issued.entries.map(({ account, amountFen }) => entry(account, -amountFen)),
    entry('receivable', paidFen),
    entry('prepayment', -paidFen),
  ];
  const key = `void/${posting.leaseId}/${draft.key}`;
  const reversal = transactionOrNull(posting, 'voidBill', key, entries);
  return reversal && { ...reversal, reverses: issued.key };
}

/** Money received: bills are paid, what is left over is credit. @throws RangeError when the parts are not the whole. */
export function postPayment(
  posting: Posting,
  payment: {
    readonly paymentId: PaymentId;
    readonly channel: PaymentChannel;
    readonly amountFen: Fen;
    readonly allocations: readonly Allocation[];
    readonly leftoverFen: Fen;
  },
): LedgerTransaction {
  const allocated = sumFen(payment.allocations.map(({ amountFen }) => amountFen));
  if (allocated + payment.leftoverFen !== payment.amountFen) {
    throw new RangeError(
      `payment ${payment.paymentId}: ${allocated} + ${payment.leftoverFen} is not ${payment.amountFen}`,
    );
  }
  return transaction(posting, 'payment', `payment/${payment.paymentId}`, payment.amountFen, [
    entry(`cash.${payment.channel}`, payment.amountFen),
    entry('receivable', -allocated),
    entry('prepayment', -payment.leftoverFen),
  ]);
}

/** Credit pays a bill. `cause` names the event that used it (`issue`, `settlement`, a payment id): credit can pay one bill several times. */
export const postCreditUse = (
  posting: Posting,
  use: { readonly billKey: string; readonly amountFen: Fen; readonly cause: string },
): LedgerTransaction =>
  move(
    posting,
    'creditUse',
    `credit/${posting.leaseId}/${use.billKey}/${use.cause}`,
    use.amountFen,
    'prepayment',
    'receivable',
  );

/** The operator gives up what is open on a bill (减免). */
export const postWaiver = (
  posting: Posting,
  waiver: { readonly waiverId: string; readonly amountFen: Fen },
): LedgerTransaction => move(posting, 'waiver', `waiver/${waiver.waiverId}`, waiver.amountFen, 'waiver', 'receivable');

/** The deposit stops being a deposit and becomes the tenant's credit (settlement, rejection). `cause` as in {@link postCreditUse}. */
export const postDepositMove = (
  posting: Posting,
  deposit: { readonly amountFen: Fen; readonly cause: string },
): LedgerTransaction =>
  move(
    posting,
    'depositMove',
    `deposit/${posting.leaseId}/${deposit.cause}`,
    deposit.amountFen,
    'deposit',
    'prepayment',
  );

/** Credit is promised back to the tenant; it can no longer pay bills. */
export const postRefundDue = (
  posting: Posting,
  refund: { readonly refundId: RefundId; readonly amountFen: Fen },
): LedgerTransaction =>
  move(posting, 'refundDue', `refund-due/${refund.refundId}`, refund.amountFen, 'prepayment', 'refundPayable');

/** Money that left through one channel. */
export type RefundPart = { readonly channel: PaymentChannel; readonly amountFen: Fen };

/** The money has left, by one channel or several. `from` is where it was owed: promised before with {@link postRefundDue}, or straight from credit. */
export function postRefund(
  posting: Posting,
  refund: {
    readonly refundId: RefundId;
    readonly parts: readonly RefundPart[];
    readonly from: 'refundPayable' | 'prepayment';
  },
): LedgerTransaction {
  const amountFen = sumFen(refund.parts.map((part) => part.amountFen));
  return transaction(posting, 'refund', `refund/${refund.refundId}`, amountFen, [
    entry(refund.from, amountFen),
    ...refund.parts.map((part) => entry(`cash.${part.channel}`, -part.amountFen)),
  ]);
}

/**
 * What a lease brings along when it is imported. `balanceFen` is what the tenant owes, negative for credit; arrears that get an `opening` bill
 * are posted by {@link postBill} and are not passed here again. Null when it brings nothing.
 */
export function postOpening(
  posting: Posting,
  opening: { readonly balanceFen: Fen; readonly depositFen: Fen },
): LedgerTransaction | null {
  const { balanceFen, depositFen } = opening;
  return transactionOrNull(posting, 'opening', `opening/${posting.leaseId}`, [
    entry(balanceFen < 0 ? 'prepayment' : 'receivable', balanceFen),
    entry('deposit', -depositFen),
    entry('opening', depositFen - balanceFen),
  ]);
}

/** What an account holds after these transactions, debit positive. */
export const balanceOf = (account: AccountCode, transactions: readonly LedgerTransaction[]): Fen =>
  sumFen(transactions.flatMap(({ entries }) => entries.filter((e) => e.account === account).map((e) => e.amountFen)));

const entry = (account: AccountCode, amount: number): LedgerEntry => ({ account, amountFen: fen(amount) });

function move(
  posting: Posting,
  kind: LedgerKind,
  key: string,
  amountFen: Fen,
  debit: AccountCode,
  credit: AccountCode,
): LedgerTransaction {
  return transaction(posting, kind, key, amountFen, [entry(debit, amountFen), entry(credit, -amountFen)]);
}

/** For events that exist because money moved: without an amount they are a caller's mistake. */
function transaction(
  posting: Posting,
  kind: LedgerKind,
  key: string,
  amountFen: Fen,
  entries: readonly LedgerEntry[],
): LedgerTransaction {
  const posted = amountFen > 0 ? transactionOrNull(posting, kind, key, entries) : null;
  if (posted === null) throw new RangeError(`${key} cannot post ${amountFen} fen`);
  return posted;
}

/** Entries of one account are added up and empty ones dropped; what is left sums to zero or the posting rule above is wrong. */
function transactionOrNull(
  { leaseId, at }: Posting,
  kind: LedgerKind,
  key: string,
  entries: readonly LedgerEntry[],
): LedgerTransaction | null {
  const sums = new Map<AccountCode, number>();
  for (const { account, amountFen } of entries) sums.set(account, (sums.get(account) ?? 0) + amountFen);
  const merged = [...sums].filter(([, amount]) => amount !== 0).map(([account, amount]) => entry(account, amount));
  if (sumFen(merged.map(({ amountFen }) => amountFen)) !== 0) throw new RangeError(`${key} does not balance`);
  return merged.length === 0 ? null : { key, kind, at, leaseId, reverses: null, entries: merged };
}
