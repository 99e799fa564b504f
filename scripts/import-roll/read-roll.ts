import { parse as parsePath } from 'node:path';
import { createCollector } from '../../domain/rent-roll/collect';
import type { Roll } from '../../domain/rent-roll/roll';
import { findHead, HEADING_ROWS, type RawRow, type SheetHead } from '../../domain/rent-roll/table';
import { readCsv } from './csv';
import { LIMITS, type SheetReader, UnreadableFile } from './sheet-reader';
import { readXlsx } from './xlsx/read';

export type RollFile = { readonly name: string; readonly bytes: Buffer };

const ZIP = Buffer.from('PK\u0003\u0004');
const OLD_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex'); // .xls, and .xlsx under a password

/** Everything that a workbook or csv file states. @throws UnreadableFile */
export async function readRoll(file: RollFile, onRow: (rows: number) => void = () => undefined): Promise<Roll> {
  if (file.bytes.length > LIMITS.fileBytes) throw new UnreadableFile('文件过大 / the file is too big');
  if (file.bytes.subarray(0, 8).equals(OLD_OFFICE)) {
    throw new UnreadableFile(
      '旧版 .xls 或加密的工作簿,请另存为 .xlsx / an old .xls or a locked workbook; save it as .xlsx',
    );
  }
  const { reader, finish } = rollReader(onRow);
  if (file.bytes.subarray(0, 4).equals(ZIP)) await readXlsx(file.bytes, reader);
  else await readCsv(file.bytes, parsePath(file.name).name, reader);
  return finish();
}

/** Holds back a sheet's first rows until its headings are found, then passes every row on. */
function rollReader(onRow: (rows: number) => void): { reader: SheetReader; finish: () => Roll } {
  const collector = createCollector();
  let sheet: Parameters<SheetReader['sheet']>[0] | undefined;
  let first: RawRow[] | undefined;
  let head: SheetHead | undefined;
  let rows = 0;
  const settleHead = () => {
    if (!sheet || !first) return;
    const waiting = first;
    first = undefined;
    const found = findHead(sheet, waiting);
    head = found.head;
    if (waiting.length > 0) collector.head(found);
    for (const raw of waiting) if (head && raw.row > head.headingRow) collector.row(head, raw);
  };
  const reader: SheetReader = {
    sheet(next) {
      settleHead();
      sheet = next;
      first = [];
      head = undefined;
    },
    row(raw) {
      onRow(++rows);
      if (first) {
        first.push(raw);
        if (first.length >= HEADING_ROWS) settleHead();
      } else if (head) collector.row(head, raw);
    },
  };
  return {
    reader,
    finish() {
      settleHead();
      return collector.finish();
    },
  };
}
