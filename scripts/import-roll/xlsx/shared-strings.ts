import { walkXml } from './xml';
import type { Parts } from './zip';

/** `_x000D_` is how the format writes a control character. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** A copy of its own: a piece cut from a parser's buffer would keep the whole buffer in memory. */
export const ownText = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** The workbook's table of texts. Runs of formatting are joined; readings of Chinese characters (`rPh`) are left out. */
export async function readSharedStrings(parts: Parts): Promise<readonly string[]> {
  if (!parts.has('xl/sharedStrings.xml')) return [];
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inReading = false;
  await walkXml(parts.text('xl/sharedStrings.xml'), {
    open(tag) {
      if (tag === 'si') text = '';
      else if (tag === 't') inText = !inReading;
      else if (tag === 'rPh') inReading = true;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(tag) {
      if (tag === 'si') strings.push(ownText(unescapeText(text)));
      else if (tag === 't') inText = false;
      else if (tag === 'rPh') inReading = false;
    },
  });
  return strings;
}
