import type { Statement } from '../../data/contract';

type Entry = Statement['entries'][number];

/**
 * Credit that pays a bill moves from one account of the lease to the other: two entries that change nothing between tenant and landlord.
 * They are left out; what remains adds up to the same balance.
 */
export function withoutInnerMoves(entries: readonly Entry[]): Entry[] {
  const netOf = new Map<string, number>();
  const groupOf = ({ at, kind }: Entry) => `${at}/${kind}`;
  for (const entry of entries) netOf.set(groupOf(entry), (netOf.get(groupOf(entry)) ?? 0) + entry.amountFen);
  return entries.filter((entry) => entry.kind !== 'creditUse' || netOf.get(groupOf(entry)) !== 0);
}
