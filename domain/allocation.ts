import type { OpenBill } from './bill';
import { type Fen, fen } from './money';
import type { AllocationPolicy } from './policy';

/** The part of a payment that goes to one bill; `key` is the bill's business key. */
export type Allocation = { readonly key: string; readonly amountFen: Fen };

export type AllocatedPayment = {
  readonly allocations: readonly Allocation[];
  /** What no open bill wanted: it becomes prepayment credit (预存款). */
  readonly leftoverFen: Fen;
};

/** The bill that a late fee was charged on, read from the fee's key `late-fee/<bill key>/<through>`. */
export const feeParentKey = (key: string): string => key.replace(/^late-fee\//, '').replace(/\/\d{4}-\d{2}-\d{2}$/, '');

/**
 * Shares a payment among the open bills: oldest due day first, then earlier issued, then by key, so the result does not depend on
 * the order in which the bills were read. Late fees come after everything else, or each right after the bill it was charged on.
 * Bills that want nothing are passed over. @throws RangeError on a negative amount: a refund is not a payment.
 */
export function allocatePayment(amountFen: Fen, open: readonly OpenBill[], policy: AllocationPolicy): AllocatedPayment {
  if (amountFen < 0) throw new RangeError(`a payment cannot be negative: ${amountFen}`);
  const allocations: Allocation[] = [];
  let left: number = amountFen;
  for (const bill of paymentOrder(open, policy)) {
    const part = Math.min(left, bill.openFen);
    if (part <= 0) continue;
    allocations.push({ key: bill.key, amountFen: fen(part) });
    left -= part;
  }
  return { allocations, leftoverFen: fen(left) };
}

/** The order in which open bills are paid; screens show it too. */
export function paymentOrder(open: readonly OpenBill[], policy: AllocationPolicy): readonly OpenBill[] {
  const byKey = new Map(open.map((bill) => [bill.key, bill]));
  const rank = (bill: OpenBill): string => {
    const isFee = bill.kind === 'lateFee';
    if (policy.arrearsBeforeLateFees) return [isFee ? 1 : 0, bill.dueOn, bill.issueOn, bill.key].join('|');
    const lead = (isFee && byKey.get(feeParentKey(bill.key))) || bill;
    return [lead.dueOn, lead.issueOn, lead.key, isFee ? 1 : 0, bill.dueOn, bill.key].join('|');
  };
  const ranked = open.map((bill) => ({ bill, rank: rank(bill) }));
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ bill }) => bill);
}
