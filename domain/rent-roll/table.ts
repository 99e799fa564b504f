import { both, type Cell, columnLetters, type Epoch } from './cell';
import type { SheetKind } from './fields';
import { type HeadingMatch, matchHeadings, sheetKindByHeadings, sheetKindByName, withUpperHeadings } from './headings';

/** Something in the file that is not taken over, where it stands, and why in words for the person who keeps the file. */
export type Refusal = {
  readonly sheet: string;
  /** As the spreadsheet counts, from 1. */
  readonly row: number;
  /** Letters as above the column; null when the row as a whole is meant. */
  readonly column: string | null;
  readonly reason: string;
};

/** A sheet whose headings are understood. */
export type SheetHead = {
  readonly name: string;
  readonly kind: SheetKind;
  readonly epoch: Epoch;
  readonly headingRow: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly headings: ReadonlyMap<string, string>;
};

/** The row that stated something. */
export type Origin = { readonly sheet: SheetHead; readonly row: number };

/** A heading, or a whole sheet (`heading` empty), that the import leaves alone and says so. */
export type Ignored = { readonly sheet: string; readonly column: string; readonly heading: string };

export type RawRow = { readonly row: number; readonly cells: readonly Cell[] };

/** How many rows from the top may hold titles and notes before the headings. */
export const HEADING_ROWS = 15;

export type HeadResult = {
  readonly head: SheetHead | undefined;
  readonly refused: readonly Refusal[];
  readonly ignored: readonly Ignored[];
};

/** A refusal that points at the column where `field` stands. */
export function refusal(origin: Origin, field: string | null, reason: string): Refusal {
  const column = field === null ? undefined : origin.sheet.columns.get(field);
  const heading = field === null ? undefined : origin.sheet.headings.get(field);
  return {
    sheet: origin.sheet.name,
    row: origin.row,
    column: column === undefined ? null : columnLetters(column),
    reason: heading === undefined ? reason : `${heading}: ${reason}`,
  };
}

/** Finds the headings among a sheet's first rows; a sheet in which none fit is ignored, unless its name promises one. */
export function findHead(sheet: { name: string; epoch: Epoch }, first: readonly RawRow[]): HeadResult {
  const promised = sheetKindByName(sheet.name);
  let best: { kind: SheetKind; match: HeadingMatch; raw: RawRow; cells: readonly Cell[] } | undefined;
  for (const [i, raw] of first.entries()) {
    for (const cells of [raw.cells, withUpperHeadings(promised ?? 'rentRoll', first[i - 1]?.cells ?? [], raw.cells)]) {
      const kind = promised ?? sheetKindByHeadings(cells);
      if (kind === undefined) continue;
      const match = matchHeadings(kind, cells);
      if (match.columns.size > 0 && better(match, best?.match)) best = { kind, match, raw, cells };
    }
  }
  if (best === undefined) return withoutHead(sheet.name, promised);
  return describeHead({ ...best, sheet });
}

function better(a: HeadingMatch, b: HeadingMatch | undefined): boolean {
  if (b === undefined) return true;
  return a.columns.size - a.missing.length > b.columns.size - b.missing.length;
}

function withoutHead(name: string, promised: SheetKind | undefined): HeadResult {
  if (promised === undefined)
    return { head: undefined, refused: [], ignored: [{ sheet: name, column: '', heading: '' }] };
  const reason = both('找不到表头行', 'no row of headings was found');
  return { head: undefined, refused: [{ sheet: name, row: 1, column: null, reason }], ignored: [] };
}

type Found = {
  readonly sheet: { readonly name: string; readonly epoch: Epoch };
  readonly kind: SheetKind;
  readonly match: HeadingMatch;
  readonly raw: RawRow;
  readonly cells: readonly Cell[];
};

function describeHead({ sheet, kind, match, raw, cells }: Found): HeadResult {
  const refused: Refusal[] = match.missing.map(([zh, en]) => ({
    sheet: sheet.name,
    row: raw.row,
    column: null,
    reason: both(`缺少“${zh}”列`, `the column "${en}" is missing`),
  }));
  for (const { column, heading, why } of match.refused) {
    const reason =
      why === 'twice'
        ? both(`“${heading}”与左侧某列含义相同`, `"${heading}" means the same as a column further left`)
        : both(`“${heading}”的单位不支持,请用元`, `the unit of "${heading}" is not supported; use yuan`);
    refused.push({ sheet: sheet.name, row: raw.row, column: columnLetters(column), reason });
  }
  const headings = new Map([...match.columns].map(([field, column]) => [field, String(cells[column] ?? '').trim()]));
  const ignored = match.ignored.map(({ column, heading }) => ({
    sheet: sheet.name,
    column: columnLetters(column),
    heading,
  }));
  // With a column missing nothing in the sheet can be trusted, so its rows are not read at all.
  const head =
    match.missing.length > 0 ? undefined : { ...sheet, kind, headingRow: raw.row, columns: match.columns, headings };
  return { head, refused, ignored };
}
