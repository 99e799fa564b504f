import type { LocalDate } from './calendar';
import type { RoomId, RoomTypeId } from './ids';
import { type Fen, fen } from './money';
import type { Discount, Escalation, PaymentCycle, RateBasis, RecurringFee } from './terms';

/** One row of the price list (价目表): exactly one of room and room type is named. */
export type Price = {
  readonly id: string;
  readonly roomId: RoomId | null;
  readonly roomTypeId: RoomTypeId | null;
  /** Lease length in whole months, both inclusive; null: no upper bound. 0 is a stay of less than a month. */
  readonly minMonths: number;
  readonly maxMonths: number | null;
  readonly cycle: PaymentCycle;
  readonly rateFen: Fen;
  readonly basis: RateBasis;
  /** Days on which a lease can be signed at this price; `validUntil` is exclusive, null: until further notice. */
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
  /** 押几: months of rent held as deposit; fractions such as 1.5 are meant. */
  readonly depositMonths: number;
  readonly taxBasisPoints: number;
  readonly discounts: readonly Discount[];
  readonly escalation: Escalation;
  readonly fees: readonly RecurringFee[];
};

export type PriceQuestion = {
  readonly roomId: RoomId;
  readonly roomTypeId: RoomTypeId;
  readonly months: number;
  readonly cycle: PaymentCycle;
  readonly on: LocalDate;
};

/** Why there is no price, from the farthest to the nearest miss. */
export type PriceRefusalCode = 'NoPriceForRoom' | 'NotPricedOnDay' | 'LengthNotOffered' | 'CycleNotOffered';

export type PriceChoice =
  | { readonly ok: true; readonly price: Price }
  | { readonly ok: false; readonly code: PriceRefusalCode; readonly field: string; readonly text: string };

const TEXT: Record<PriceRefusalCode, readonly [field: string, text: string]> = {
  NoPriceForRoom: ['roomId', '该房间及其房型没有定价'],
  NotPricedOnDay: ['on', '该日期没有有效的定价'],
  LengthNotOffered: ['months', '没有适用于该租期的定价'],
  CycleNotOffered: ['cycle', '该租期不提供所选的付款周期'],
};

/** Room before type, then the newer price, then the narrower length; by the day only where the stay is shorter than a month. */
function better(a: Price, b: Price, months: number): boolean {
  if ((a.roomId === null) !== (b.roomId === null)) return a.roomId !== null;
  const suits = ({ basis }: Price): boolean => (basis === 'perDay') === (months === 0);
  if (suits(a) !== suits(b)) return suits(a);
  if (a.validFrom !== b.validFrom) return a.validFrom > b.validFrom;
  if (a.minMonths !== b.minMonths) return a.minMonths > b.minMonths;
  return (a.maxMonths ?? Number.POSITIVE_INFINITY) < (b.maxMonths ?? Number.POSITIVE_INFINITY);
}

/** The price that holds for a room, a length and a cycle on the day of signing: the most specific one wins. */
export function choosePrice(rows: readonly Price[], question: PriceQuestion): PriceChoice {
  const { roomId, roomTypeId, months, cycle, on } = question;
  const steps: readonly [PriceRefusalCode, (row: Price) => boolean][] = [
    ['NoPriceForRoom', (row) => (row.roomId === null ? row.roomTypeId === roomTypeId : row.roomId === roomId)],
    ['NotPricedOnDay', (row) => row.validFrom <= on && (row.validUntil === null || on < row.validUntil)],
    ['LengthNotOffered', (row) => row.minMonths <= months && (row.maxMonths === null || months <= row.maxMonths)],
    ['CycleNotOffered', (row) => row.cycle === cycle],
  ];
  let left = rows;
  for (const [code, fits] of steps) {
    left = left.filter(fits);
    const [field, text] = TEXT[code];
    if (left.length === 0) return { ok: false, code, field, text };
  }
  return { ok: true, price: left.reduce((best, row) => (better(row, best, months) ? row : best)) };
}

const DAYS_PER_MONTH = 30; // what a month of a rent by the day is taken for

export const monthlyRateOf = ({ rateFen, basis }: Pick<Price, 'rateFen' | 'basis'>): Fen =>
  basis === 'perDay' ? fen(rateFen * DAYS_PER_MONTH) : rateFen;

export const depositOf = (price: Price): Fen => fen(Math.round(monthlyRateOf(price) * price.depositMonths));

const NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** How Chinese landlords name it: 押一付三 is one month's deposit, paid every three months. */
export function depositRuleName({ depositMonths, cycle }: Pick<Price, 'depositMonths' | 'cycle'>): string {
  const numeral = (n: number): string => NUMERALS[n] ?? `${n}`;
  return `押${numeral(depositMonths)}${cycle === 'wholeTerm' ? '，一次付清' : `付${numeral(cycle)}`}`;
}
