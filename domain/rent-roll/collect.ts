import { collectFlat } from './collect-flat';
import { collectLease, type LeaseFacts } from './collect-leases';
import { collectMeter } from './collect-meters';
import { collectBuilding, collectCommunity, collectPrice, collectRoom } from './collect-places';
import { collectTenant } from './collect-tenants';
import { type Draft, emptyDraft, finished } from './draft';
import type { Row, SheetKind } from './fields';
import type { Roll } from './roll';
import { parseRow } from './rows';
import type { HeadResult, Origin, RawRow, Refusal, SheetHead } from './table';

/** Takes in a file row by row, so that a big one is never held as cells. */
export type Collector = {
  /** What was found in a sheet's first rows, refusals and ignored headings included. */
  head(result: HeadResult): void;
  row(head: SheetHead, raw: RawRow): void;
  /** Everything that the file states, with every refusal that needs no look at the record. */
  finish(): Roll;
};

type Collect<Kind extends SheetKind> = (draft: Draft, origin: Origin, row: Row<Kind>) => Refusal[];

const COLLECT: { readonly [Kind in SheetKind]: Collect<Kind> } = {
  communities: collectCommunity,
  buildings: collectBuilding,
  rooms: collectRoom,
  prices: collectPrice,
  tenants: collectTenant,
  leases: collectLease,
  meters: collectMeter,
  rentRoll: collectFlat,
};

export function createCollector(): Collector {
  const draft = emptyDraft();
  // A lease may name its tenant by name alone, and sheets come in any order: leases wait until everybody is known.
  const leases: { readonly origin: Origin; readonly row: LeaseFacts }[] = [];
  return {
    head({ refused, ignored }) {
      draft.refused.push(...refused);
      draft.ignored.push(...ignored);
    },
    row(head, raw) {
      const parsed = parseRow(head, raw);
      if (parsed.ok === 'skipped') return;
      if (!parsed.ok) draft.refused.push(...parsed.refused);
      else if (head.kind === 'leases') leases.push({ origin: parsed.origin, row: parsed.row as LeaseFacts });
      else draft.refused.push(...(COLLECT[head.kind] as Collect<SheetKind>)(draft, parsed.origin, parsed.row));
    },
    finish() {
      for (const { origin, row } of leases) draft.refused.push(...collectLease(draft, origin, row));
      return finished(draft);
    },
  };
}
