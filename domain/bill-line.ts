import type { BillLine } from './bill';
import { dateOf } from './calendar';
import type { Charge } from './charge';
import { formatPercent, formatYuan } from './format';
import { containedTax, fen, roundedQuotient } from './money';
import type { LeaseTerms } from './terms';

const ORDER: readonly Charge['kind'][] = ['rent', 'discount', 'propertyFee', 'network', 'furniture'];

const joins = (a: Charge, b: Charge): boolean =>
  a.kind === b.kind &&
  a.how === b.how &&
  a.until === b.from &&
  a.how !== 'part' &&
  a.how !== 'discount' &&
  a.unitFen === b.unitFen;

/** Puts neighbouring days of one price into one line: three whole months at 3000.00, not three lines. Rent first, fees last. */
export function mergeCharges(charges: readonly Charge[]): Charge[] {
  const merged: Charge[] = [];
  for (const kind of ORDER) {
    let last: Charge | undefined;
    for (const charge of charges) {
      if (charge.kind !== kind) continue;
      const joined: Charge =
        last && joins(last, charge)
          ? {
              ...last,
              until: charge.until,
              count: last.count + charge.count,
              amountFen: last.amountFen + charge.amountFen,
            }
          : charge;
      if (joined === charge) merged.push(charge);
      else merged[merged.length - 1] = joined;
      last = joined;
    }
  }
  return merged;
}

/** The rounding that a part of a month takes over from the parts before it, so that the month adds up. */
function remainderNote({ amountFen, unitFen, count, of }: Charge): string {
  const rest = amountFen - roundedQuotient(unitFen * count, of);
  return rest === 0 ? '' : `，含尾差 ${formatYuan(fen(rest))}`;
}

function explain(charge: Charge, { proration }: LeaseTerms): string {
  const unit = formatYuan(fen(charge.unitFen));
  switch (charge.how) {
    case 'months':
      return `${unit}/月 × ${charge.count} 个月`;
    case 'days':
      return `${unit}/天 × ${charge.count} 天`;
    case 'free':
      return `免租期 ${charge.count} 天，不计租金`;
    case 'suspended':
      return `暂停期间 ${charge.count} 天，不计费`;
    case 'discount':
      return `${charge.reason}：${unit} × ${formatPercent(charge.count, charge.of)}`;
    case 'part': {
      const days = proration === 'thirty360' ? `${charge.count}/30（30/360 计日）` : `${charge.count}/${charge.of} 天`;
      return `${unit}/月 × ${days}${remainderNote(charge)}`;
    }
  }
}

/** Words, tax and calendar days for what was charged. Tax is that contained in the line's own amount, rounded. */
export function toBillLine(charge: Charge, terms: LeaseTerms): BillLine {
  const amountFen = fen(charge.amountFen);
  return {
    kind: charge.kind,
    from: dateOf(charge.from),
    until: dateOf(charge.until),
    amountFen,
    taxFen: containedTax(amountFen, terms.taxBasisPoints),
    explain: explain(charge, terms),
  };
}
