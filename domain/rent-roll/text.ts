import { type Cell, is, narrow, not, type Parsed, show } from './cell';

const LONGEST = 200;

/** A name or address. Wide characters within it stay as typed; runs of blanks become one. */
export function parseText(cell: Cell): Parsed<string> {
  const text = asText(cell).replace(/\s+/g, ' ').trim();
  if (text === '') return not(`“${show(cell)}”不是文字`, `"${show(cell)}" is not text`);
  if (text.length > LONGEST) return not(`文字超过 ${LONGEST} 个字`, `the text is longer than ${LONGEST} characters`);
  return is(text);
}

/** A code by which people tell rooms, buildings and meters apart: wide and narrow digits are the same, blanks do not count. */
export function parseCode(cell: Cell): Parsed<string> {
  const text = narrow(asText(cell)).replace(/\s+/g, '').toUpperCase();
  if (text === '' || text.length > 60) return not(`“${show(cell)}”不是编号`, `"${show(cell)}" is not a code`);
  return is(text);
}

const asText = (cell: Cell): string =>
  typeof cell === 'string' ? cell : typeof cell === 'number' && Number.isFinite(cell) ? String(cell) : '';

/** 空调、洗衣机, with any of the separators that people use; each once, in the order given. */
export function parseList(cell: Cell): Parsed<readonly string[]> {
  const parts = asText(cell)
    .split(/[、,,;;/|\n]+/)
    .map((part) => part.trim());
  const list = [...new Set(parts.filter((part) => part !== ''))];
  const tooLong = list.find((part) => part.length > 40) !== undefined || list.length > 60;
  return tooLong ? not('配置项过长', 'the list is too long') : is(list);
}
