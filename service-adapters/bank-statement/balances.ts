import type { BankLine } from '../../domain/bank-line';
import { type Fen, fen } from '../../domain/money';
import { BrokenStatement } from './statement';

type Booked = BankLine & { readonly balanceFen: Fen };

const moved = ({ direction, amountFen }: BankLine): number => (direction === 'credit' ? amountFen : -amountFen);

/** Index of the first line whose balance does not follow from the one before it; -1 when all do. */
const breakOf = (lines: readonly Booked[]): number =>
  lines.findIndex((line, i) => {
    const before = lines[i - 1];
    return before !== undefined && before.balanceFen + moved(line) !== line.balanceFen;
  });

/**
 * Puts the lines in the order of booking, oldest first (banks export either way), by their balances: each must follow from the one before.
 * @throws BrokenStatement when a line is missing, doubled or altered in between
 */
export function inBookingOrder(lines: readonly Booked[]): {
  readonly lines: readonly Booked[];
  readonly openingFen: Fen;
  readonly closingFen: Fen;
} {
  const backwards = lines.toReversed();
  const ordered = [lines, backwards].find((order) => breakOf(order) === -1);
  const [first] = ordered ?? [];
  const last = ordered?.at(-1);
  if (first && last)
    return { lines: ordered ?? [], openingFen: fen(first.balanceFen - moved(first)), closingFen: last.balanceFen };
  const newestFirst = (lines[0]?.bookedOn ?? '') > (lines.at(-1)?.bookedOn ?? '');
  const order = newestFirst ? backwards : lines;
  const bad = order[breakOf(order)];
  throw new BrokenStatement(
    bad?.line ?? 0,
    '余额与上一笔对不上，文件可能缺行或被改动',
    'the balance does not follow from the line before; lines are missing or were altered',
  );
}
