import type { BillLine } from './bill';
import { localDate } from './calendar';
import { parseId, type RoomId } from './ids';
import { type Fen, fen } from './money';
import type { LeaseTerms, TermSegment } from './terms';

/** Builders of terms for tests; imported by tests only. */

export const room = (n: number): RoomId => parseId<'room'>(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);

export const day = localDate;

export const yuan = (amount: number): Fen => fen(Math.round(amount * 100));

export const aSegment = (overrides: Partial<TermSegment> = {}): TermSegment => ({
  from: day('2026-01-01'),
  reason: 'original',
  roomId: room(1),
  rateFen: yuan(3000),
  basis: 'perMonth',
  cycle: 1,
  escalation: { kind: 'none' },
  fees: [],
  suspended: false,
  ...overrides,
});

type Overrides = Partial<Omit<LeaseTerms, 'startsOn' | 'endsOn'>> & { startsOn?: string; endsOn?: string } & {
  readonly first?: Partial<TermSegment>;
};

/** 3000 yuan a month for the year 2026, paid monthly on the first day, unless overridden; `first` overrides the first segment. */
export function someTerms({
  startsOn = '2026-01-01',
  endsOn = '2026-12-31',
  first,
  ...rest
}: Overrides = {}): LeaseTerms {
  return {
    startsOn: day(startsOn),
    endsOn: day(endsOn),
    alignment: 'leaseDate',
    proration: 'actualDays',
    dueDayOffset: 0,
    issueDaysBeforeDue: 7,
    rentFreeDays: 0,
    discounts: [],
    depositFen: yuan(3000),
    taxBasisPoints: 500,
    segments: [aSegment({ from: day(startsOn), ...first })],
    ...rest,
  };
}

/** Lines as a landlord reads them: `rent 2026-01-01..2026-02-01 3000.00`. */
export const read = (lines: readonly BillLine[]): string[] =>
  lines.map(({ kind, from, until, amountFen }) => `${kind} ${from}..${until} ${(amountFen / 100).toFixed(2)}`);
