import type { BillDraft, BilledLine, BillLine } from './bill';
import { type LocalDate, maxDate, minDate } from './calendar';
import { formatYuan } from './format';
import { containedTax, type Fen, fen, sumFen } from './money';
import { linesBetween } from './schedule';
import type { LeaseTerms } from './terms';

/** `billed` is every line issued for the lease so far, adjustments included; `on` is the day the change is confirmed. */
export type AdjustmentInput = {
  readonly terms: LeaseTerms;
  readonly billedUntil: LocalDate;
  readonly billed: readonly BilledLine[];
  readonly changeId: string;
  readonly on: LocalDate;
  readonly dueOn: LocalDate;
};

/** Lines of one kind whose days overlap, and can therefore only be compared together. */
type Cluster = {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly wasFen: number;
  readonly isFen: number;
  readonly because: readonly string[];
};

const ADJUSTED = ['rent', 'discount', 'propertyFee', 'network', 'furniture'] as const;

function clustersOf(was: readonly BilledLine[], is: readonly BillLine[]): Cluster[] {
  const lines: Cluster[] = [
    ...was.map(({ from, until, amountFen }) => ({ from, until, wasFen: amountFen, isFen: 0, because: [] })),
    ...is.map(({ from, until, amountFen, explain }) => ({
      from,
      until,
      wasFen: 0,
      isFen: amountFen,
      because: [explain],
    })),
  ];
  lines.sort((a, b) => (a.from === b.from ? 0 : a.from < b.from ? -1 : 1));
  const clusters: Cluster[] = [];
  for (const line of lines) {
    const last = clusters.at(-1);
    if (!last || line.from >= last.until) clusters.push(line);
    else {
      clusters[clusters.length - 1] = {
        from: last.from,
        until: maxDate(last.until, line.until),
        wasFen: last.wasFen + line.wasFen,
        isFen: last.isFen + line.isFen,
        because: [...last.because, ...line.because],
      };
    }
  }
  return clusters.filter(({ wasFen, isFen }) => wasFen !== isFen);
}

function lineOf(kind: BillLine['kind'], cluster: Cluster, taxBasisPoints: number): BillLine {
  const { from, until, wasFen, isFen, because } = cluster;
  const amountFen = fen(isFen - wasFen);
  const now = because.length === 0 ? '变更后不计' : `变更后应计 ${formatYuan(fen(isFen))}（${because.join('；')}）`;
  const explain = `原计 ${formatYuan(fen(wasFen))}，${now}`;
  return { kind, from, until, amountFen, taxFen: containedTax(amountFen, taxBasisPoints), explain };
}

/**
 * The first day that this platform answers for. An `opening` line carries what was owed for the days before its `until` when a
 * running lease was taken over; what those days were billed elsewhere is not known, so they are never compared.
 */
const knownFrom = (startsOn: LocalDate, billed: readonly BilledLine[]): LocalDate =>
  billed.reduce((day, { kind, until }) => (kind === 'opening' ? maxDate(day, until) : day), startsOn);

/** A deposit that was taken over without a line for it is left alone: what is held is not known here. */
function depositLines({ terms, billed, on }: AdjustmentInput): BillLine[] {
  const held = billed.filter(({ kind }) => kind === 'deposit');
  if (held.length === 0 && billed.some(({ kind }) => kind === 'opening')) return [];
  const wasFen = sumFen(held.map(({ amountFen }) => amountFen));
  if (wasFen === terms.depositFen) return [];
  const because = wasFen < terms.depositFen ? ['补足押金'] : ['押金减少'];
  return [lineOf('deposit', { from: on, until: on, wasFen, isFen: terms.depositFen, because }, 0)];
}

/**
 * One bill that makes what was billed for the days before `billedUntil` equal to what the terms now say, or null when it already is.
 * Its lines are signed: charges for what is missing, credits for what was too much (also for days after an earlier end).
 * Once its lines are among `billed`, there is nothing left to adjust.
 */
export function adjustmentBill(input: AdjustmentInput): BillDraft | null {
  const { terms, billedUntil, billed, changeId, on, dueOn } = input;
  const from = knownFrom(terms.startsOn, billed);
  const target = linesBetween(terms, { from, until: billedUntil });
  const lines = ADJUSTED.flatMap((kind) => {
    const was = billed.filter((line) => line.kind === kind && line.until > from && line.amountFen !== 0);
    const is = target.filter((line) => line.kind === kind);
    return clustersOf(was, is).map((cluster) => lineOf(kind, cluster, terms.taxBasisPoints));
  });
  lines.push(...depositLines(input));
  const [first] = lines;
  if (!first) return null;
  return {
    key: `adjustment/${changeId}`,
    kind: 'adjustment',
    periodFrom: lines.reduce((day, line) => minDate(day, line.from), first.from),
    periodUntil: lines.reduce((day, line) => maxDate(day, line.until), first.until),
    issueOn: on,
    dueOn,
    lines,
  };
}

/** What a bill comes to; negative when it credits the tenant. */
export const totalOf = ({ lines }: Pick<BillDraft, 'lines'>): Fen => sumFen(lines.map(({ amountFen }) => amountFen));
