import type { LocalDate } from '../calendar';

/** A cell with something in it. A number that the workbook formats as a date arrives as `{ date }`. */
export type Filled = string | number | boolean | { readonly date: LocalDate } | { readonly error: string };

/** A cell as the file holds it; blank is null. `above`: blank, but merged with a filled cell further up in its column. */
export type Cell = Filled | null | { readonly above: Filled };

/** Where the workbook counts days from: 1900 (Windows) or 1904 (old Macs). */
export type Epoch = 1900 | 1904;

/** What a cell means, or in words for the person who keeps the sheet why it means nothing. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export const is = <T>(value: T): Parsed<T> => ({ ok: true, value });

/** A refusal in Chinese and English, the way every reason of the import reads. */
export const not = (zh: string, en: string): { readonly ok: false; readonly reason: string } => ({
  ok: false,
  reason: both(zh, en),
});

export const both = (zh: string, en: string): string => `${zh} / ${en}`;

/** Full-width digits and letters become half-width, `￥` becomes `¥`, `㎡` becomes `m2`; outer blanks go. */
export const narrow = (text: string): string =>
  // Most cells are plain already, and normalize() costs a copy on each of a few million cells.
  PLAIN.test(text) ? text.trim() : text.normalize('NFKC').trim();

const PLAIN = /^[\x20-\x7e\u4e00-\u9fa5]*$/;

const NOTHING = new Set(['', '-', '--', '—', '——', '/', '\\', '无', '暂无', 'n/a', 'na', 'none', '#n/a']);

/** Blank, or one of the signs that people put where there is nothing to say. */
export function isBlank(cell: Cell): boolean {
  if (cell === null || (typeof cell === 'object' && 'above' in cell)) return true;
  return typeof cell === 'string' && NOTHING.has(narrow(cell).toLowerCase());
}

/** The cell as people see it, for reasons; long texts are cut. */
export function show(cell: Cell): string {
  if (cell === null || (typeof cell === 'object' && 'above' in cell)) return '';
  const text = typeof cell !== 'object' ? String(cell) : 'date' in cell ? cell.date : cell.error;
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

/** The letters that a spreadsheet puts above a column: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  }
  return letters;
}
