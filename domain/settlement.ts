import type { OpenBill } from './bill';
import { billKindName } from './bill-name';
import { formatDay, formatYuan } from './format';
import { type Fen, fen, sumFen } from './money';

/** A deduction that a person can read and check: a broken door, a lost key, leaving early. Not yet billed. */
export type Deduction = { readonly text: string; readonly amountFen: Fen };

export type SettlementInput = {
  readonly depositFen: Fen;
  /** The tenant's credit, with what adjustment bills gave back for days not lived in. */
  readonly prepaymentFen: Fen;
  readonly open: readonly OpenBill[];
  readonly damages: readonly Deduction[];
  readonly penalty?: Deduction | null;
};

export type SettlementLine = {
  readonly kind: 'deposit' | 'prepayment' | 'bill' | 'damage' | 'penalty';
  /** The bill's key on `bill` lines. */
  readonly billKey?: string;
  readonly text: string;
  /** Signed: positive in favour of the tenant. */
  readonly amountFen: Fen;
};

export type Settlement = {
  readonly lines: readonly SettlementLine[];
  /** What the tenant gets back; zero when money is still owed. */
  readonly refundFen: Fen;
  /** What the tenant still owes; zero when money goes back. */
  readonly owedFen: Fen;
};

/**
 * Closes the account at checkout (清算): deposit and credit, less open bills, damages and the penalty for leaving early. Lines add up to
 * refund minus owed. Damages or a penalty that were billed already come in through `open` and not a second time as deductions.
 * @throws RangeError on a negative deposit, credit or deduction.
 */
export function settle(input: SettlementInput): Settlement {
  const deductions = [...input.damages, ...(input.penalty ? [input.penalty] : [])];
  for (const amount of [input.depositFen, input.prepaymentFen, ...deductions.map((d) => d.amountFen)]) {
    if (amount < 0) throw new RangeError(`not a settlement amount: ${amount}`);
  }
  const lines: readonly SettlementLine[] = [
    { kind: 'deposit' as const, text: `押金 ${formatYuan(input.depositFen)}`, amountFen: input.depositFen },
    {
      kind: 'prepayment' as const,
      text: `预存余额 ${formatYuan(input.prepaymentFen)}`,
      amountFen: input.prepaymentFen,
    },
    ...input.open.map(billLine),
    ...input.damages.map((damage) => deductionLine('damage', '赔偿', damage)),
    ...(input.penalty ? [deductionLine('penalty', '违约金', input.penalty)] : []),
  ].filter(({ amountFen }) => amountFen !== 0);
  const balance = sumFen(lines.map(({ amountFen }) => amountFen));
  return { lines, refundFen: fen(Math.max(0, balance)), owedFen: fen(Math.max(0, -balance)) };
}

/** The settlement's last sentence for the tenant. */
export function explainSettlement({ refundFen, owedFen }: Settlement): string {
  if (refundFen > 0) return `应退 ${formatYuan(refundFen)}`;
  return owedFen > 0 ? `应补缴 ${formatYuan(owedFen)}` : '已结清，无需退款或补缴';
}

const billLine = (bill: OpenBill): SettlementLine => ({
  kind: 'bill',
  billKey: bill.key,
  text: `${billKindName(bill.kind)}（${formatDay(bill.dueOn)}到期）未付 ${formatYuan(bill.openFen)}`,
  amountFen: fen(0 - bill.openFen),
});

const deductionLine = (kind: 'damage' | 'penalty', name: string, { text, amountFen }: Deduction): SettlementLine => ({
  kind,
  text: `${name}：${text} ${formatYuan(amountFen)}`,
  amountFen: fen(0 - amountFen),
});
