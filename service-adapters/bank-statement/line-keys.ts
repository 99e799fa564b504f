import { createHash } from 'node:crypto';
import type { BankLine } from '../../domain/bank-line';
import { BrokenStatement } from './statement';

/**
 * What a bank says of a line the same way in each of its files. Where it says the balance after the line, that and the money tell lines apart,
 * whichever columns of words the export was made with; without a balance it takes all that is said.
 */
const factsOf = (line: BankLine): string =>
  JSON.stringify([
    ...[line.direction, line.amountFen, line.bookedOn, line.bookedAt, line.balanceFen],
    ...(line.balanceFen === null ? [line.payerName, line.payerTail, line.remark] : []),
  ]);

/**
 * What each line is known by, the same in every file that holds it: the bank's own number, else a hash of what the line says and how many
 * equal lines stand before it (files hold whole days, so that an overlapping one counts them alike).
 * @throws BrokenStatement when the bank's number stands twice in the file
 */
export function keyLines(lines: readonly BankLine[]): (BankLine & { readonly key: string })[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const name = line.bankNumber ?? createHash('sha256').update(factsOf(line)).digest('base64url').slice(0, 24);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    if (line.bankNumber === null) return { ...line, key: `${name}-${before + 1}` };
    if (before > 0)
      throw new BrokenStatement(line.line, `流水号 ${name} 重复`, `the bank’s number ${name} stands there twice`);
    return { ...line, key: name };
  });
}
