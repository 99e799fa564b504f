import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adjustmentBill, totalOf } from './adjustment';
import type { BillDraft, BillLine } from './bill';
import { billedUntilOf, firstBill, generateBills, nextIssueOn } from './bill-generation';
import { addDays, daysBetween, type LocalDate, maxDate, minDate } from './calendar';
import { applyChange } from './change';
import { sumFen } from './money';
import { linesBetween, schedule } from './schedule';
import type { LeaseTerms } from './terms';
import { checkTerms } from './terms-check';
import { anyChange, anyTerms, changeFor, type DrawnChange } from './test-terms-arbitraries';

const amountOf = (lines: readonly Pick<BillLine, 'amountFen'>[]): number => sumFen(lines.map((line) => line.amountFen));
const linesOf = (bills: readonly BillDraft[]): BillLine[] => bills.flatMap(({ lines }) => lines);

/** A lease as its workflow keeps it: terms, what is billed, and up to where. */
type Life = { terms: LeaseTerms; bills: BillDraft[]; billedUntil: LocalDate };

const signed = (terms: LeaseTerms): Life => {
  const first = firstBill(terms, terms.startsOn);
  return { terms, bills: [first], billedUntil: billedUntilOf([first], terms.startsOn) };
};

function billThrough(life: Life, through: LocalDate): void {
  const drafts = generateBills(life.terms, life.billedUntil, through);
  life.bills.push(...drafts);
  life.billedUntil = billedUntilOf(drafts, life.billedUntil);
}

function confirm(life: Life, drawn: DrawnChange, changeId: string): boolean {
  const decision = applyChange(life.terms, changeFor(life.terms, drawn));
  if (!decision.ok) return false;
  life.terms = decision.terms;
  const on = life.terms.startsOn;
  const { terms, billedUntil } = life;
  const bill = adjustmentBill({ terms, billedUntil, billed: linesOf(life.bills), changeId, on, dueOn: on });
  if (bill) life.bills.push(bill);
  return true;
}

const aHistory = fc.array(fc.tuple(fc.integer({ min: -30, max: 1200 }), fc.option(anyChange, { freq: 3 })), {
  maxLength: 8,
});

const live = (terms: LeaseTerms, history: readonly (readonly [number, DrawnChange | null])[]): Life => {
  const life = signed(terms);
  history.forEach(([days, drawn], i) => {
    billThrough(life, addDays(terms.startsOn, days));
    if (drawn) confirm(life, drawn, `${i}`);
  });
  return life;
};

const shouldHaveBilled = ({ terms, billedUntil }: Life): number =>
  amountOf(linesBetween(terms, { from: terms.startsOn, until: billedUntil })) + terms.depositFen;

test('whatever is changed and whenever bills are made, what is billed is what the final terms say for the billed days', () => {
  const property = fc.property(anyTerms, aHistory, (terms, history) => {
    const life = live(terms, history);
    expect(amountOf(linesOf(life.bills))).toBe(shouldHaveBilled(life));
  });
  fc.assert(property, { numRuns: 1000 });
});

test('a lease billed to its end has billed exactly its schedule and its deposit, whatever happened on the way', () => {
  const property = fc.property(anyTerms, aHistory, (terms, history) => {
    const life = live(terms, history);
    billThrough(life, addDays(maxDate(life.terms.endsOn, life.billedUntil), 60));
    const expected = amountOf(schedule(life.terms).flatMap(({ lines }) => lines)) + life.terms.depositFen;
    expect(amountOf(linesOf(life.bills))).toBe(expected);
    expect(nextIssueOn(life.terms, life.billedUntil)).toBeNull();
  });
  fc.assert(property, { numRuns: 300 });
});

test('no day is billed by two periods and none lies between them, and no two bills share a key', () => {
  const property = fc.property(anyTerms, aHistory, (terms, history) => {
    const { bills } = live(terms, history);
    const periods = bills.filter(({ kind }) => kind !== 'adjustment');
    for (const [i, { periodFrom, periodUntil }] of periods.entries()) {
      expect(periodUntil > periodFrom).toBe(true);
      const before = periods[i - 1];
      if (before) expect(periodFrom).toBe(before.periodUntil);
    }
    expect(new Set(bills.map(({ key }) => key)).size).toBe(bills.length);
  });
  fc.assert(property, { numRuns: 300 });
});

test('making bills again on the same day, or after the same adjustment, makes none', () => {
  const property = fc.property(anyTerms, aHistory, fc.integer({ min: 0, max: 1200 }), (terms, history, days) => {
    const life = live(terms, history);
    const through = addDays(terms.startsOn, days);
    billThrough(life, through);
    expect(generateBills(life.terms, life.billedUntil, through)).toEqual([]);
    const again = { terms: life.terms, billedUntil: life.billedUntil, billed: linesOf(life.bills) };
    expect(adjustmentBill({ ...again, changeId: 'again', on: through, dueOn: through })).toBeNull();
  });
  fc.assert(property, { numRuns: 300 });
});

test('bills made day by day are the bills made at once', () => {
  const property = fc.property(
    anyTerms,
    fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }),
    (terms, steps) => {
      const life = signed(terms);
      for (const days of [...steps].sort((a, b) => a - b)) billThrough(life, addDays(terms.startsOn, days));
      billThrough(life, addDays(terms.endsOn, 60));
      const once = signed(terms);
      billThrough(once, addDays(terms.endsOn, 60));
      expect(life.bills).toEqual(once.bills);
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test('waking on each day that the schedule names bills the whole lease', () => {
  const property = fc.property(anyTerms, (terms) => {
    const life = signed(terms);
    for (let on = nextIssueOn(terms, life.billedUntil); on; on = nextIssueOn(terms, life.billedUntil)) {
      const before = life.billedUntil;
      billThrough(life, on);
      expect(life.billedUntil > before).toBe(true);
    }
    expect(life.billedUntil).toBe(addDays(terms.endsOn, 1));
  });
  fc.assert(property, { numRuns: 300 });
});

test('periods follow each other from the first day to the last, each with lines that cover all its days for rent', () => {
  const property = fc.property(anyTerms, fc.array(anyChange, { maxLength: 5 }), (start, changes) => {
    const life = signed(start);
    for (const [i, drawn] of changes.entries()) confirm(life, drawn, `${i}`);
    let next = life.terms.startsOn;
    for (const { from, until, lines } of schedule(life.terms)) {
      expect(from).toBe(next);
      const rent = lines.filter(({ kind }) => kind === 'rent');
      expect(rent.reduce((days, line) => days + daysBetween(line.from, line.until), 0)).toBe(daysBetween(from, until));
      next = until;
    }
    expect(next).toBe(addDays(life.terms.endsOn, 1));
  });
  fc.assert(property, { numRuns: 300 });
});

test('the price of some days does not depend on how they are cut', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: 1100 }), { maxLength: 10 });
  const property = fc.property(anyTerms, fc.array(anyChange, { maxLength: 4 }), cuts, (start, changes, at) => {
    const life = signed(start);
    for (const [i, drawn] of changes.entries()) confirm(life, drawn, `${i}`);
    const { startsOn, endsOn } = life.terms;
    const until = addDays(endsOn, 1);
    const days = [...at].sort((a, b) => a - b).map((n) => minDate(addDays(startsOn, n), until));
    const edges = [startsOn, ...days, until];
    const pieces = edges
      .slice(1)
      .map((edge, i) => linesBetween(life.terms, { from: edges[i] ?? startsOn, until: edge }));
    expect(amountOf(pieces.flat())).toBe(amountOf(linesBetween(life.terms, { from: startsOn, until })));
    expect(amountOf(pieces.flat())).toBe(sumFen(schedule(life.terms).map(totalOf)));
  });
  fc.assert(property, { numRuns: 300 });
});

test('changes that are let through leave terms that can be billed', () => {
  const property = fc.property(anyTerms, fc.array(anyChange, { minLength: 1, maxLength: 6 }), (terms, changes) => {
    const life = signed(terms);
    for (const [i, drawn] of changes.entries()) confirm(life, drawn, `${i}`);
    expect(checkTerms(life.terms)).toEqual([]);
  });
  fc.assert(property, { numRuns: 300 });
});
