import { type Cell, narrow } from './cell';
import { type Field, SHEET_FIELDS, SHEET_KINDS, type SheetKind } from './fields';

/** Where each field of a sheet stands, and which headings nobody could place. */
export type HeadingMatch = {
  readonly columns: ReadonlyMap<string, number>;
  readonly ignored: readonly { readonly column: number; readonly heading: string }[];
  /** Headings that name a field already found further left, and headings in a unit that would change the amounts. */
  readonly refused: readonly { readonly column: number; readonly heading: string; readonly why: 'twice' | 'unit' }[];
  readonly missing: readonly (readonly [zh: string, en: string])[];
};

const SHEET_NAMES: Readonly<Record<SheetKind, string>> = {
  communities: '社区 小区 项目 communities community properties',
  buildings: '楼栋 楼 buildings building',
  rooms: '房间 房源 房间表 房源表 rooms room units',
  prices: '价格 价格表 价目 价目表 租金价格 prices price pricelist rates',
  tenants: '租客 租户 承租人 tenants tenant residents',
  leases: '租约 合同 租赁合同 在租合同 leases lease contracts agreements',
  meters: '表计 水电表 抄表 仪表 meters meter readings',
  rentRoll: '租金表 台账 租赁台账 租约总表 房租台账 收租表 出租台账 rentroll roll',
};

const PUNCTUATION = /[\s*:_\-./、,;'"“”#?]+/g;
const BRACKETS = /[([{【〔][^)\]}】〕]*[)\]}】〕]/g;
const FOREIGN_UNIT = /[([{【〔]\s*(?:万|千|百)元?\s*[)\]}】〕]|[([{【〔]\s*(?:usd|hkd|美元|港元|\$)/i;

/** Narrow, lower case, without blanks and punctuation; `keepBrackets` keeps what tells 押金(月) from 押金(元). */
const squash = (heading: string, keepBrackets: boolean): string => {
  const text = narrow(heading).toLowerCase();
  return (keepBrackets ? text : text.replace(BRACKETS, '')).replace(PUNCTUATION, '');
};

const fieldsOf = (kind: SheetKind): [string, Field][] => Object.entries<Field>(SHEET_FIELDS[kind]);

const LOOKUP = new Map<SheetKind, ReadonlyMap<string, string>>(
  SHEET_KINDS.map((kind) => [kind, new Map(fieldsOf(kind).flatMap(([name, field]) => namesOf(field, name)))]),
);

function namesOf(field: Field, name: string): [string, string][] {
  const words = [...field.title, `${field.title[0]}${field.title[1]}`, name, ...field.synonyms.split(' ')];
  return words.filter((word) => word !== '').map((word) => [squash(word, true), name]);
}

const fieldFor = (kind: SheetKind, heading: string): string | undefined =>
  LOOKUP.get(kind)?.get(squash(heading, true)) ?? LOOKUP.get(kind)?.get(squash(heading, false));

/** What sheet a name promises, undefined when the name says nothing (`Sheet1`). */
export function sheetKindByName(name: string): SheetKind | undefined {
  const squashed = squash(name, false);
  return SHEET_KINDS.find((kind) => SHEET_NAMES[kind].split(' ').includes(squashed));
}

/** Places a row of headings on the fields of `kind`. */
export function matchHeadings(kind: SheetKind, cells: readonly Cell[]): HeadingMatch {
  const columns = new Map<string, number>();
  const ignored: { column: number; heading: string }[] = [];
  const refused: { column: number; heading: string; why: 'twice' | 'unit' }[] = [];
  for (const [column, cell] of cells.entries()) {
    const heading = headingText(cell);
    if (heading === '') continue;
    const field = fieldFor(kind, heading);
    if (field === undefined) ignored.push({ column, heading });
    else if (FOREIGN_UNIT.test(narrow(heading))) refused.push({ column, heading, why: 'unit' });
    else if (columns.has(field)) refused.push({ column, heading, why: 'twice' });
    else columns.set(field, column);
  }
  const missing = fieldsOf(kind).filter(([name, field]) => field.required && !columns.has(name));
  return { columns, ignored, refused, missing: missing.map(([, field]) => field.title) };
}

/** Where headings fit two sheets equally, the first: a roll makes the rooms that a sheet of leases or prices only refers to. */
const GUESSES: readonly SheetKind[] = ['rooms', 'rentRoll', ...SHEET_KINDS];

/** The sheet whose fields a row of headings fits best: nothing required is missing, and most headings are placed. */
export function sheetKindByHeadings(cells: readonly Cell[]): SheetKind | undefined {
  let best: { kind: SheetKind; placed: number } | undefined;
  for (const kind of GUESSES) {
    const match = matchHeadings(kind, cells);
    const placed = match.columns.size;
    if (match.missing.length === 0 && placed > 1 && (best === undefined || placed > best.placed))
      best = { kind, placed };
  }
  return best?.kind;
}

/**
 * Headings in two rows: a group (水表) spread over several columns above its parts (表号, 读数). A part that means something only with its
 * group gets the group's name in front; a column without a part keeps its upper heading.
 */
export function withUpperHeadings(kind: SheetKind, upper: readonly Cell[], lower: readonly Cell[]): Cell[] {
  const width = Math.max(upper.length, lower.length);
  let group = '';
  return Array.from({ length: width }, (_, column) => {
    const above = headingText(upper[column] ?? null);
    const below = headingText(lower[column] ?? null);
    if (above !== '') group = above;
    if (below === '') return above === '' ? null : above;
    const joined = `${group}${below}`;
    return fieldFor(kind, joined) !== undefined ? joined : below;
  });
}

/** A heading merged downwards counts in each of its rows. */
function headingText(cell: Cell): string {
  const own = cell !== null && typeof cell === 'object' && 'above' in cell ? cell.above : cell;
  return typeof own === 'string' ? own.trim() : typeof own === 'number' ? String(own) : '';
}
