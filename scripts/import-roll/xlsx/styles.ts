import { walkXml } from './xml';
import type { Parts } from './zip';

/** Built-in formats that show a day, the Chinese ones (27-36, 50-58) included; 18-21, 32-35, 45-47, 55 and 56 show hours only. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Whether a number format shows a day: it has a year or day outside quotes, brackets and escapes. */
export const showsDay = (format: string): boolean =>
  /[yd]/i.test(
    format
      .replace(/"[^"]*"/g, '')
      .replace(/\[[^\]]*\]/g, '')
      .replace(/[\\_*]./g, '')
      .replace(/general/gi, ''),
  );

/** For each cell style of the workbook, whether numbers in it are days. */
export async function readDateStyles(parts: Parts): Promise<readonly boolean[]> {
  if (!parts.has('xl/styles.xml')) return [];
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellXfs = false;
  await walkXml(parts.text('xl/styles.xml'), {
    open(tag, attributes) {
      if (tag === 'numFmt') custom.set(Number(attributes.numFmtId), showsDay(attributes.formatCode ?? ''));
      if (tag === 'cellXfs') inCellXfs = true;
      if (tag !== 'xf' || !inCellXfs) return;
      const format = Number(attributes.numFmtId ?? 0);
      styles.push(custom.get(format) ?? DATE_FORMATS.has(format));
    },
    close(tag) {
      if (tag === 'cellXfs') inCellXfs = false;
    },
  });
  return styles;
}
