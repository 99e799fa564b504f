import { expect, test } from '@jest/globals';
import type { Statement } from '../../data/contract';
import { withoutInnerMoves } from './statement-rows';

const entry = (kind: string, account: string, amountFen: number, balanceFen: number): Statement['entries'][number] => ({
  ...{ at: '2027-01-05T02:00:00.000Z', text: kind, textEn: kind },
  ...{ kind, account, amountFen, balanceFen },
});

test('a statement leaves out credit that only moves between the tenant’s own accounts', () => {
  const bill = entry('bill', 'receivable', 255_000, 0);
  const moves = [entry('creditUse', 'prepayment', 255_000, 255_000), entry('creditUse', 'receivable', -255_000, 0)];
  const shown = withoutInnerMoves([bill, ...moves]);
  expect(shown).toEqual([bill]);
  expect(shown.at(-1)?.balanceFen).toBe(moves.at(-1)?.balanceFen);
});

test('a movement of credit that changes the balance stays', () => {
  const odd = entry('creditUse', 'receivable', -100, -100);
  expect(withoutInnerMoves([odd])).toEqual([odd]);
});
