import type { LocalDate } from './calendar';
import type { Fen } from './money';

/** What a bill is for. `first` carries the deposit; `adjustment` corrects billed periods after a change of terms. */
export type BillKind = 'first' | 'periodic' | 'adjustment' | 'lateFee' | 'penalty' | 'damage' | 'opening' | 'oneOff';

export type LineKind =
  | 'rent'
  | 'discount'
  | 'deposit'
  | 'propertyFee'
  | 'network'
  | 'furniture'
  | 'lateFee'
  | 'penalty'
  | 'damage'
  | 'opening'
  | 'water'
  | 'electricity'
  | 'other';

/** One line of a bill; never changed once issued. `amountFen` is signed, tax included; `taxFen` is the part that is tax. */
export type BillLine = {
  readonly kind: LineKind;
  /** Days that the line covers, `until` exclusive; equal for lines that cover no days. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly amountFen: Fen;
  readonly taxFen: Fen;
  /** How the amount came about, in words that a tenant can check, e.g. `3000.00 元 × 12/31 天`. */
  readonly explain: string;
};

/** What an issued line says, as far as a later change of terms must know it. */
export type BilledLine = Pick<BillLine, 'kind' | 'from' | 'until' | 'amountFen'>;

/**
 * A bill before it is stored. `key` is its business key, unique in its lease: `first`, `period/2026-02-01`,
 * `adjustment/<changeId>`, `late-fee/<bill key>/<through>`, `penalty`, `opening`, so a second issue of the same bill is a no-op.
 */
export type BillDraft = {
  readonly key: string;
  readonly kind: BillKind;
  readonly periodFrom: LocalDate;
  /** Exclusive. */
  readonly periodUntil: LocalDate;
  readonly issueOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly lines: readonly BillLine[];
};

/** A stored bill that still wants money, as the workflow sees it. A bill's balance is what is left of it. */
export type OpenBill = {
  readonly key: string;
  readonly kind: BillKind;
  readonly issueOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly totalFen: Fen;
  readonly openFen: Fen;
};
