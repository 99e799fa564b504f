import { localDate } from './calendar';
import type { Refusal } from './refusal';
import { rentMonths } from './rent-month';
import type { LeaseTerms, TermSegment } from './terms';

/** 10 million yuan a month. Beyond it a rent is a slip of the keyboard, and fen x days x basis points would leave the exact integers. */
const MOST_FEN = 1_000_000_000;
const LONGEST_MONTHS = 240; // Civil Code art. 705: a lease over twenty years is void for the excess

const isDay = (text: string): boolean => {
  try {
    localDate(text);
    return true;
  } catch {
    return false;
  }
};

const wholeWithin = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most;

/** `say(holds, field, code, text)` notes a refusal when `holds` is false. */
type Say = (holds: boolean, field: string, code: TermsRefusalCode, text: string) => void;

export type TermsRefusalCode =
  | 'BadDay'
  | 'EndBeforeStart'
  | 'TooLong'
  | 'NoSegment'
  | 'FirstSegmentNotAtStart'
  | 'SegmentsNotInOrder'
  | 'SegmentAfterEnd'
  | 'AmountOutOfRange'
  | 'ShareOutOfRange'
  | 'DaysOutOfRange'
  | 'CycleNotByDay'
  | 'DiscountOver100'
  | 'DiscountMonthOutside'
  | 'DuplicateFee'
  | 'PriceFromAfterSegment';

export type TermsRefusal = Refusal & { readonly code: TermsRefusalCode };

function checkSegment(segment: TermSegment, at: string, say: Say): void {
  const { rateFen, basis, cycle, escalation, fees, priceFrom } = segment;
  say(wholeWithin(rateFen, 0, MOST_FEN), `${at}.rateFen`, 'AmountOutOfRange', '租金须为 0 至 1000 万元之间的整数分');
  say(
    basis !== 'perDay' || cycle === 'wholeTerm' || cycle === 1,
    `${at}.cycle`,
    'CycleNotByDay',
    '按天计租只能按月付或一次付清',
  );
  if (escalation.kind === 'percent') {
    const { basisPoints } = escalation;
    say(
      wholeWithin(basisPoints, -10_000, 10_000),
      `${at}.escalation`,
      'ShareOutOfRange',
      '递增比例须在 -100% 至 100% 之间',
    );
  }
  if (escalation.kind === 'amount') {
    const { amountFen } = escalation;
    say(wholeWithin(amountFen, -MOST_FEN, MOST_FEN), `${at}.escalation`, 'AmountOutOfRange', '递增金额超出范围');
  }
  fees.forEach(({ amountFen }, i) => {
    say(
      wholeWithin(amountFen, 0, MOST_FEN),
      `${at}.fees.${i}`,
      'AmountOutOfRange',
      '费用须为 0 至 1000 万元之间的整数分',
    );
  });
  const kinds = new Set(fees.map(({ kind }) => kind));
  say(kinds.size === fees.length, `${at}.fees`, 'DuplicateFee', '同一种费用只能有一项');
  if (priceFrom !== undefined) {
    say(priceFrom <= segment.from, `${at}.priceFrom`, 'PriceFromAfterSegment', '计价起始日不能晚于该段起始日');
  }
}

function checkSegments({ segments, startsOn, endsOn }: LeaseTerms, say: Say): void {
  say(segments.length > 0, 'segments', 'NoSegment', '租约至少要有一段计租条件');
  segments.forEach((segment, i) => {
    const at = `segments.${i}`;
    const before = segments[i - 1];
    if (!before) say(segment.from === startsOn, `${at}.from`, 'FirstSegmentNotAtStart', '第一段须从起租日开始');
    else say(segment.from > before.from, `${at}.from`, 'SegmentsNotInOrder', '各段须按起始日先后排列');
    say(segment.from <= endsOn, `${at}.from`, 'SegmentAfterEnd', '该段起始日晚于租约到期日');
    checkSegment(segment, at, say);
  });
}

/** A discount past the end is no error: an early end leaves it behind, and a renewal may reach it again. */
function checkDiscounts({ discounts }: LeaseTerms, say: Say): void {
  const off = new Map<number, number>();
  discounts.forEach(({ month, basisPointsOff }, i) => {
    const at = `discounts.${i}`;
    const total = (off.get(month) ?? 0) + basisPointsOff;
    off.set(month, total);
    say(wholeWithin(month, 1, LONGEST_MONTHS), `${at}.month`, 'DiscountMonthOutside', '优惠月份须为第几个租金月的整数');
    say(
      wholeWithin(basisPointsOff, 1, 10_000),
      `${at}.basisPointsOff`,
      'ShareOutOfRange',
      '优惠比例须大于 0 且不超过 100%',
    );
    say(total <= 10_000, at, 'DiscountOver100', `第 ${month} 个月的优惠合计超过 100%`);
  });
}

/** Why terms cannot be billed; empty when they can. Everything else in the domain takes terms that pass this for granted. */
export function checkTerms(terms: LeaseTerms): TermsRefusal[] {
  const refusals: TermsRefusal[] = [];
  const say: Say = (holds, field, code, text) => {
    if (!holds) refusals.push({ field, code, text });
  };
  say(isDay(terms.startsOn), 'startsOn', 'BadDay', '起租日不是有效日期');
  say(isDay(terms.endsOn), 'endsOn', 'BadDay', '到期日不是有效日期');
  terms.segments.forEach(({ from, priceFrom }, i) => {
    say(isDay(from) && (priceFrom === undefined || isDay(priceFrom)), `segments.${i}.from`, 'BadDay', '该段的日期无效');
  });
  if (refusals.length > 0) return refusals; // nothing else can be said about days that do not exist
  say(terms.endsOn >= terms.startsOn, 'endsOn', 'EndBeforeStart', '到期日早于起租日');
  if (refusals.length > 0) return refusals;
  const months = rentMonths(terms).length;
  say(months <= LONGEST_MONTHS + 1, 'endsOn', 'TooLong', '租期不得超过二十年');
  say(
    wholeWithin(terms.depositFen, 0, MOST_FEN),
    'depositFen',
    'AmountOutOfRange',
    '押金须为 0 至 1000 万元之间的整数分',
  );
  say(wholeWithin(terms.taxBasisPoints, 0, 10_000), 'taxBasisPoints', 'ShareOutOfRange', '税率须在 0 至 100% 之间');
  say(wholeWithin(terms.rentFreeDays, 0, 366), 'rentFreeDays', 'DaysOutOfRange', '免租期须为 0 至 366 天');
  say(
    wholeWithin(terms.issueDaysBeforeDue, 0, 366),
    'issueDaysBeforeDue',
    'DaysOutOfRange',
    '提前出账天数须为 0 至 366 天',
  );
  say(wholeWithin(terms.dueDayOffset, -366, 366), 'dueDayOffset', 'DaysOutOfRange', '应付日偏移须在前后 366 天之内');
  checkSegments(terms, say);
  checkDiscounts(terms, say);
  return refusals;
}
