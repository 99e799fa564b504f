import { totalOf } from './adjustment';
import type { BillDraft } from './bill';
import { billedUntilOf, firstBill, generateBills } from './bill-generation';
import { addDays, addMonths, daysBetween, type LocalDate, monthsBetween } from './calendar';
import { formatDay, formatPercent, formatYuan } from './format';
import type { RoomId } from './ids';
import { type Fen, fen, sumFen } from './money';
import { depositOf, depositRuleName, monthlyRateOf, type Price } from './price';
import { rateOn } from './rate';
import { type Period, schedule } from './schedule';
import type { Alignment, LeaseTerms, Proration } from './terms';

/** What a tenant asks for; `endsOn` is inclusive. The cycle and everything else about money comes from the price. */
export type QuoteRequest = {
  readonly roomId: RoomId;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly signedOn: LocalDate;
  readonly alignment: Alignment;
  readonly proration: Proration;
  readonly dueDayOffset: number;
  readonly issueDaysBeforeDue: number;
  readonly rentFreeDays: number;
};

export type QuoteLine = { readonly label: string; readonly amountFen: Fen; readonly explain: string };

export type Quote = {
  readonly terms: LeaseTerms;
  readonly firstBill: BillDraft;
  /** Every bill of the lease in order, the first one included. */
  readonly bills: readonly BillDraft[];
  readonly periods: readonly Period[];
  /** Rent, discounts and fees of the whole lease. The deposit comes back and is not in it. */
  readonly totalFen: Fen;
  /** What is agreed, one line each, for the tenant to check. */
  readonly lines: readonly QuoteLine[];
};

/** Length of a stay in whole months, as the price list counts it: 3 nights are 0, a year is 12. */
export const leaseMonths = (startsOn: LocalDate, endsOn: LocalDate): number =>
  monthsBetween(startsOn, addDays(endsOn, 1));

/** Field by field: a request that came from outside may carry more than is asked of it, and terms are stored. */
function termsOf(request: QuoteRequest, price: Price): LeaseTerms {
  const { startsOn, endsOn, alignment, proration, dueDayOffset, issueDaysBeforeDue, rentFreeDays, roomId } = request;
  const { rateFen, basis, cycle, escalation, fees, discounts, taxBasisPoints } = price;
  const reason = 'original' as const;
  return {
    ...{ startsOn, endsOn, alignment, proration, dueDayOffset, issueDaysBeforeDue, rentFreeDays },
    ...{ discounts, depositFen: depositOf(price), taxBasisPoints },
    segments: [{ from: startsOn, reason, roomId, rateFen, basis, cycle, escalation, fees, suspended: false }],
  };
}

const UNITS = { perDay: '天', perMonth: '月' } as const;

const FEE_LABELS = { propertyFee: '物业费', network: '网络费', furniture: '家具费' } as const;

/** Each step of the rent that falls into the lease, by the day from which it counts; a lease of one year has none. */
function escalationLines({ basis, escalation }: Price, terms: LeaseTerms): QuoteLine[] {
  const [segment] = terms.segments;
  if (!segment || escalation.kind === 'none') return [];
  const lines: QuoteLine[] = [];
  let wasFen = segment.rateFen;
  for (
    let on = addMonths(terms.startsOn, 12);
    on <= terms.endsOn;
    on = addMonths(terms.startsOn, 12 * (lines.length + 1))
  ) {
    const isFen = rateOn(segment, terms, on);
    const by = escalation.kind === 'percent' ? formatPercent(escalation.basisPoints, 10_000) : '固定金额';
    const explain = `每满一年按${by}调整：${formatYuan(wasFen)} → ${formatYuan(isFen)}/${UNITS[basis]}`;
    lines.push({ label: `租金递增（${formatDay(on)}起）`, amountFen: fen(isFen - wasFen), explain });
    wasFen = isFen;
  }
  return lines;
}

function rentLine({ rateFen, basis }: Price, { startsOn, endsOn }: LeaseTerms): QuoteLine {
  const days = daysBetween(startsOn, endsOn) + 1;
  const months = leaseMonths(startsOn, endsOn);
  const rest = daysBetween(addMonths(startsOn, months), addDays(endsOn, 1));
  const length = basis === 'perDay' ? `${days} 天` : `${months} 个月${rest > 0 ? `零 ${rest} 天` : ''}`;
  const term = `${formatDay(startsOn)}至${formatDay(endsOn)}，共 ${length}`;
  return { label: '租金', amountFen: rateFen, explain: `${formatYuan(rateFen)}/${UNITS[basis]}，租期${term}` };
}

function depositLine(price: Price, { depositFen }: LeaseTerms): QuoteLine[] {
  if (depositFen === 0) return [];
  const monthly = formatYuan(monthlyRateOf(price));
  const month = price.basis === 'perDay' ? `${monthly}（按 30 天计）` : monthly;
  const explain = `${depositRuleName(price)}：${month} × ${price.depositMonths} 个月，退租清算后退还`;
  return [{ label: '押金', amountFen: depositFen, explain }];
}

/** Discounts as they turn out on the schedule, so that the amount shown is the amount billed. */
function reductionLines(periods: readonly Period[]): QuoteLine[] {
  const lines = periods.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'discount');
  return lines.map(({ from, amountFen, explain }) => ({ label: `优惠（${formatDay(from)}起）`, amountFen, explain }));
}

function feeLines({ fees }: Price): QuoteLine[] {
  return fees.map(({ kind, amountFen }) => {
    return { label: FEE_LABELS[kind], amountFen, explain: `${formatYuan(amountFen)}/月，不足一月按天折算` };
  });
}

function freeLine({ rentFreeDays, startsOn }: LeaseTerms): QuoteLine[] {
  if (rentFreeDays === 0) return [];
  const until = formatDay(addDays(startsOn, rentFreeDays - 1));
  return [{ label: '免租期', amountFen: fen(0), explain: `起租日起 ${rentFreeDays} 天（至${until}）不计租金` }];
}

/**
 * What a lease at this price would say and cost. The terms are those that would be signed, the bills those that would be issued:
 * a quote is no second calculation that could differ from them.
 */
export function quote(request: QuoteRequest, price: Price): Quote {
  const terms = termsOf(request, price);
  const periods = schedule(terms);
  const first = firstBill(terms, request.signedOn);
  const later = generateBills(terms, billedUntilOf([first], terms.startsOn), addDays(terms.endsOn, 366));
  const totalFen = sumFen(periods.map(totalOf));
  const total = { label: '合计', amountFen: totalFen, explain: `全部租期 ${periods.length} 期账单合计，不含押金` };
  const due = { label: '首期应付', amountFen: totalOf(first), explain: '押金与第一期账单合计，签约当日应付' };
  const lines = [
    rentLine(price, terms),
    ...depositLine(price, terms),
    ...escalationLines(price, terms),
    ...freeLine(terms),
    ...reductionLines(periods),
    ...feeLines(price),
    due,
    total,
  ];
  return { terms, firstBill: first, bills: [first, ...later], periods, totalFen, lines };
}
