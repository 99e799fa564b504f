import type { Cell, Filled } from '../../../domain/rent-roll/cell';
import { LIMITS } from '../sheet-reader';
import { columnIndex } from './reference';

/** Cells of one column joined downwards, both rows included. Merges that run only sideways are not of interest. */
export type Merge = { readonly column: number; readonly top: number; readonly bottom: number };

const REFERENCE = /<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g;
const END_OF_ROWS = '</sheetData>';

/** Merges stand after the rows they join, so they are looked up in a first pass that searches text and parses nothing. */
export async function readMerges(pieces: AsyncIterable<string>): Promise<Merge[]> {
  let tail = '';
  let after: string | undefined;
  for await (const piece of pieces) {
    if (after !== undefined) {
      after += piece;
      continue;
    }
    const text = tail + piece;
    const at = text.indexOf(END_OF_ROWS);
    if (at >= 0) after = text.slice(at);
    else tail = text.slice(-END_OF_ROWS.length);
  }
  const merges: Merge[] = [];
  for (const [, letters = '', top, bottom] of (after ?? '').matchAll(REFERENCE)) {
    if (top === bottom) continue;
    merges.push({ column: columnIndex(letters), top: Number(top), bottom: Number(bottom) });
    if (merges.length >= LIMITS.merges) break;
  }
  return merges.sort((a, b) => a.top - b.top);
}

/** Marks the blanks of a merge with what its top cell says, row by row in order. */
export function createMergeFiller(merges: readonly Merge[]): (row: number, cells: Cell[]) => void {
  let next = 0;
  let open: { readonly merge: Merge; readonly above: Filled }[] = [];
  return (row, cells) => {
    if (open.length > 0) open = open.filter(({ merge }) => merge.bottom >= row);
    for (const { merge, above } of open) {
      while (cells.length <= merge.column) cells.push(null);
      if (cells[merge.column] === null) cells[merge.column] = { above };
    }
    for (let merge = merges[next]; merge && merge.top <= row; merge = merges[++next]) {
      const above = cells[merge.column] ?? null;
      if (above === null || merge.top < row || (typeof above === 'object' && 'above' in above)) continue;
      open.push({ merge, above });
    }
  };
}
