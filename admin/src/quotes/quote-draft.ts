import { addDays, addMonths, shanghaiDate } from '../../../domain/calendar';
import type { PaymentCycle, QuoteBody } from '../data/contract';

export const CYCLES = ['1', '2', '3', '6', '12', 'wholeTerm'] as const;

/** A quote as it is typed: everything text, so that a half-filled form has a shape too. */
export type QuoteDraft = {
  readonly roomId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly cycle: string;
  readonly alignment: NonNullable<QuoteBody['alignment']>;
  readonly proration: NonNullable<QuoteBody['proration']>;
};

/** Fields of the form, as they are sent. */
export const QUOTE_FIELDS = ['roomId', 'cycle', 'startsOn', 'endsOn', 'alignment', 'proration'].map((name) => ({
  name,
}));

/** A year from today, paid monthly: the usual lease. */
export function usualDraft(roomId: string, nowMs: number): QuoteDraft {
  const startsOn = shanghaiDate(nowMs);
  const endsOn = addDays(addMonths(startsOn, 12), -1);
  return { roomId, startsOn, endsOn, cycle: '1', alignment: 'leaseDate', proration: 'actualDays' };
}

/** undefined while something is missing. */
export function quoteBodyOf(draft: QuoteDraft): QuoteBody | undefined {
  if (!draft.roomId || !draft.startsOn || !draft.endsOn) return undefined;
  const cycle = draft.cycle === 'wholeTerm' ? draft.cycle : (Number(draft.cycle) as PaymentCycle);
  return { ...draft, cycle };
}
