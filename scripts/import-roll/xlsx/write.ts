import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { LocalDate } from '../../../domain/calendar';
import { columnLetters } from '../../../domain/rent-roll/cell';
import { excelSerial } from '../../../domain/rent-roll/dates';

export type OutCell = string | number | null | { readonly date: LocalDate };

/** A sheet to write: its first row is bold and stays in sight. */
export type OutSheet = {
  readonly name: string;
  readonly rows: Iterable<readonly OutCell[]>;
  readonly widths?: readonly number[];
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cell styles: 0 plain, 1 heading, 2 day, 3 text (so that Excel keeps what people type into ID columns). */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>
</styleSheet>`;

/** The characters that XML cannot hold at all, lone surrogates included. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

const escapeXml = (text: string): string =>
  text
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A workbook of these sheets, texts in the shared table as Excel writes them. */
export function writeXlsx(sheets: readonly OutSheet[]): Buffer {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const part = openPart(zip);
  const strings = new Map<string, number>();
  for (const [i, sheet] of sheets.entries()) part(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet, strings));
  part('xl/sharedStrings.xml', sharedStringsXml(strings));
  part('xl/styles.xml', [STYLES]);
  part('xl/workbook.xml', [workbookXml(sheets)]);
  part('xl/_rels/workbook.xml.rels', [workbookRelations(sheets.length)]);
  part('_rels/.rels', [relations([['officeDocument', 'xl/workbook.xml']])]);
  part('[Content_Types].xml', [contentTypes(sheets.length)]);
  zip.end();
  return Buffer.concat(chunks);
}

const openPart = (zip: Zip) => (path: string, pieces: Iterable<string>) => {
  const file = new ZipDeflate(path, { level: 6 });
  // A fixed time makes the same content the same bytes, so that a generated file in the repository can be checked.
  file.mtime = '2026-01-01T00:00:00';
  zip.add(file);
  for (const piece of pieces) file.push(strToU8(piece));
  file.push(new Uint8Array(0), true);
};

function* sheetXml({ rows, widths = [] }: OutSheet, strings: Map<string, number>): Generator<string> {
  const columns = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>`;
  let number = 0;
  let buffer = '';
  for (const row of rows) {
    number++;
    buffer += rowXml(row, number, strings);
    if (buffer.length > 65_536) {
      yield buffer;
      buffer = '';
    }
  }
  yield `${buffer}</sheetData></worksheet>`;
}

function rowXml(row: readonly OutCell[], number: number, strings: Map<string, number>): string {
  const style = number === 1 ? ' s="1"' : '';
  const cells = row.map((cell, i) => {
    const at = `r="${columnLetters(i)}${number}"`;
    if (cell === null || cell === '') return '';
    if (typeof cell === 'number') return `<c ${at}${style}><v>${cell}</v></c>`;
    if (typeof cell === 'object') return `<c ${at} s="2"><v>${excelSerial(cell.date)}</v></c>`;
    return `<c ${at}${style || ' s="3"'} t="s"><v>${indexOf(strings, cell)}</v></c>`;
  });
  return `<row r="${number}">${cells.join('')}</row>`;
}

function indexOf(strings: Map<string, number>, text: string): number {
  const known = strings.get(text);
  if (known !== undefined) return known;
  strings.set(text, strings.size);
  return strings.size - 1;
}

function* sharedStringsXml(strings: Map<string, number>): Generator<string> {
  yield `${XML}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">`;
  for (const text of strings.keys()) yield `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`;
  yield '</sst>';
}

const workbookXml = (sheets: readonly OutSheet[]): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
    .map(({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('')}</sheets></workbook>`;

const workbookRelations = (sheets: number): string =>
  relations([
    ...Array.from({ length: sheets }, (_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
    ['sharedStrings', 'sharedStrings.xml'],
    ['styles', 'styles.xml'],
  ]);

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const contentTypes = (sheets: number): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>${[
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ['/xl/sharedStrings.xml', 'sharedStrings'],
    ...Array.from({ length: sheets }, (_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet']),
  ]
    .map(([path, type]) => `<Override PartName="${path}" ContentType="${TYPE}.${type}+xml"/>`)
    .join('')}</Types>`;
