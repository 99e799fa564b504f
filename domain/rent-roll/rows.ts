import { both, type Cell, isBlank, narrow } from './cell';
import { type Field, type Row, SHEET_FIELDS, type SheetKind } from './fields';
import { withKind } from './people';
import { type Origin, type RawRow, type Refusal, refusal, type SheetHead } from './table';

export type ParsedRow<Kind extends SheetKind = SheetKind> =
  | { readonly ok: true; readonly origin: Origin; readonly row: Row<Kind> }
  | { readonly ok: false; readonly refused: readonly Refusal[] }
  /** Nothing in it, or a line of totals. */
  | { readonly ok: 'skipped' };

/** Fields that people write once and merge downwards over many rows; money is never taken from a merged cell above. */
const MERGEABLE = new Set(['community', 'building', 'type']);
const TOTALS = /^(?:合计|总计|小计|共计|汇总|total|subtotal|sum)/i;

/** Understands one row; every cell that cannot be understood is refused by itself, so that one look at the list mends them all. */
export function parseRow<Kind extends SheetKind>(head: SheetHead & { kind: Kind }, raw: RawRow): ParsedRow<Kind> {
  const filled = raw.cells.find((cell) => !isBlank(cell));
  if (filled === undefined || (typeof filled === 'string' && TOTALS.test(narrow(filled)))) return { ok: 'skipped' };
  const origin: Origin = { sheet: head, row: raw.row };
  const refused: Refusal[] = [];
  const row: Record<string, unknown> = {};
  for (const [name, field] of fieldEntries(head.kind)) {
    const column = head.columns.get(name);
    const cell = column === undefined ? null : unmerged(name, raw.cells[column] ?? null);
    row[name] = parseCell({ origin, name, field, cell }, refused);
  }
  checkDocument(origin, row, refused);
  return refused.length > 0 ? { ok: false, refused } : { ok: true, origin, row: row as Row<Kind> };
}

const ENTRIES = new Map<SheetKind, [string, Field][]>();

function fieldEntries(kind: SheetKind): [string, Field][] {
  const known = ENTRIES.get(kind);
  if (known) return known;
  const entries = Object.entries<Field>(SHEET_FIELDS[kind]);
  ENTRIES.set(kind, entries);
  return entries;
}

const unmerged = (name: string, cell: Cell): Cell =>
  cell !== null && typeof cell === 'object' && 'above' in cell ? (MERGEABLE.has(name) ? cell.above : null) : cell;

type Asked = { readonly origin: Origin; readonly name: string; readonly field: Field; readonly cell: Cell };

function parseCell({ origin, name, field, cell }: Asked, refused: Refusal[]): unknown {
  if (isBlank(cell)) {
    if (field.required) refused.push(refusal(origin, name, both('不能为空', 'must not be blank')));
    return null;
  }
  if (cell !== null && typeof cell === 'object' && 'error' in cell) {
    refused.push(refusal(origin, name, both(`公式出错 ${cell.error}`, `the formula has an error ${cell.error}`)));
    return null;
  }
  const parsed = field.parse(cell, origin.sheet.epoch);
  if (parsed.ok) return parsed.value;
  refused.push(refusal(origin, name, parsed.reason));
  return null;
}

/** The number must be one of the kind of document that stands beside it. */
function checkDocument(origin: Origin, row: Record<string, unknown>, refused: Refusal[]): void {
  const { idNumber, idKind } = row as {
    idNumber?: Parameters<typeof withKind>[0];
    idKind?: Parameters<typeof withKind>[1];
  };
  if (!idNumber) return;
  const checked = withKind(idNumber, idKind ?? null);
  if (checked.ok) row.idNumber = checked.value;
  else refused.push(refusal(origin, 'idNumber', checked.reason));
}
