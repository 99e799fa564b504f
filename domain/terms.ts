import type { LocalDate } from './calendar';
import type { RoomId } from './ids';
import type { Fen } from './money';

/** 付款周期: months paid for at once, or the whole term in one bill (short stays). */
export type PaymentCycle = 1 | 2 | 3 | 6 | 12 | 'wholeTerm';

/** Whether `rateFen` buys a rent month or a day (short stay). */
export type RateBasis = 'perMonth' | 'perDay';

/** Where rent months begin: on the lease's own day of the month, or on the 1st. */
export type Alignment = 'leaseDate' | 'calendarMonth';

/** How a part of a month is priced: by the actual days of that rent month, or as thirtieths (30/360). */
export type Proration = 'actualDays' | 'thirty360';

export type Escalation =
  | { readonly kind: 'none' }
  /** Rate times (1 + basisPoints/10000) on each anniversary, compounding, rounded to the fen each time. */
  | { readonly kind: 'percent'; readonly basisPoints: number }
  /** Rate plus `amountFen` on each anniversary. */
  | { readonly kind: 'amount'; readonly amountFen: Fen };

/** A reduction of the n-th rent month of the lease (1 = first): 10000 basis points off makes it free. */
export type Discount = { readonly month: number; readonly basisPointsOff: number; readonly reason: string };

/** A fee that recurs with the rent, per rent month, prorated like it. */
export type RecurringFee = { readonly kind: 'propertyFee' | 'network' | 'furniture'; readonly amountFen: Fen };

/** Why a stretch of a lease has the conditions it has. */
export type SegmentReason = 'original' | 'renewal' | 'amendment' | 'transfer' | 'suspension' | 'resumption';

/** Conditions that hold from a day until the next segment (or the lease's end). */
export type TermSegment = {
  readonly from: LocalDate;
  readonly reason: SegmentReason;
  readonly roomId: RoomId;
  readonly rateFen: Fen;
  readonly basis: RateBasis;
  readonly cycle: PaymentCycle;
  readonly escalation: Escalation;
  readonly fees: readonly RecurringFee[];
  /** A suspended stretch is not charged; its room stays held. */
  readonly suspended: boolean;
  /** Day from which the anniversaries of this price are counted, when the price was carried over from an earlier segment. Default: `from`. */
  readonly priceFrom?: LocalDate;
};

/**
 * What was agreed. Bills follow from it alone: the same terms always give the same schedule.
 * `segments` are in order, the first begins on `startsOn`, each later one after the one before and not after `endsOn`.
 */
export type LeaseTerms = {
  readonly startsOn: LocalDate;
  /** Last day of the tenancy, inclusive, as Chinese contracts write it. */
  readonly endsOn: LocalDate;
  readonly alignment: Alignment;
  readonly proration: Proration;
  /** A period's bill falls due this many days before (negative) or after its first day. */
  readonly dueDayOffset: number;
  /** Bills are issued this many days before they are due. */
  readonly issueDaysBeforeDue: number;
  /** First days of the lease without rent (免租期); recurring fees are charged all the same. */
  readonly rentFreeDays: number;
  readonly discounts: readonly Discount[];
  readonly depositFen: Fen;
  /** VAT contained in the rent and the fees charged with it (价内税), in basis points. Deposits bear none. */
  readonly taxBasisPoints: number;
  readonly segments: readonly TermSegment[];
};
