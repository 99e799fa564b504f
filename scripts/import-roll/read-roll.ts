import { parse as parsePath } from 'node:path';
import { createCollector } from '../../domain/rent-roll/collect';
import type { Roll } from '../../domain/rent-roll/roll';
import { findHead, HEADING_ROWS, type RawRow, type SheetHead } from '../../domain/rent-roll/table';
import { readCsv } from './csv';
import { LIMITS, type SheetReader, TooManyRows, UnreadableFile } from './sheet-reader';
import { readXlsx } from './xlsx/read';

export type RollFile = { readonly name: string; readonly bytes: Buffer };

const ZIP = Buffer.from('PK\u0003\u0004');
const OLD_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex'); // .xls, and .xlsx under a password

/** Everything that a workbook or csv file states. @throws UnreadableFile, TooManyRows */
export async function readRoll(
  file: RollFile,
  onRow: (rows: number) => void = () => undefined,
  maxRows = Number.POSITIVE_INFINITY,
): Promise<Roll> {
  if (file.bytes.length > LIMITS.fileBytes) throw new UnreadableFile('文件过大 / the file is too big');
  if (file.bytes.subarray(0, 8).equals(OLD_OFFICE)) {
    throw new UnreadableFile(
      '旧版 .xls 或加密的工作簿,请另存为 .xlsx / an old .xls or a locked workbook; save it as .xlsx',
    );
  }
  const { reader, finish } = rollReader(onRow, maxRows);
  if (file.bytes.subarray(0, 4).equals(ZIP)) await readXlsx(file.bytes, reader);
  else await readCsv(file.bytes, parsePath(file.name).name, reader);
  const { roll, recognised } = finish();
  // Nothing understood is not nothing to do: "imported: 0" would be believed.
  if (!recognised && roll.refused.length === 0) throw new UnreadableFile(nothingFound(file));
  return roll;
}

function nothingFound({ name, bytes }: RollFile): string {
  const named = /\.xls[xm]$/i.test(name) && !bytes.subarray(0, 4).equals(ZIP);
  const [zh, en] = named
    ? ['文件名是 Excel 工作簿,内容却不是;', 'the file is named like a workbook but is none; ']
    : ['没有认出任何表头,没有导入;', 'no row of headings was recognised, nothing was imported; '];
  return (
    `${zh}请下载导入模板(后台“导入”页),把数据填在模板的表头下,再试一次 / ` +
    `${en}download the template (page Import of the admin), put your rows under its headings, and try again`
  );
}

/** Holds back a sheet's first rows until its headings are found, then passes every row on. */
function rollReader(
  onRow: (rows: number) => void,
  maxRows: number,
): { reader: SheetReader; finish: () => { readonly roll: Roll; readonly recognised: boolean } } {
  const collector = createCollector();
  let sheet: Parameters<SheetReader['sheet']>[0] | undefined;
  let first: RawRow[] | undefined;
  let head: SheetHead | undefined;
  let rows = 0;
  let recognised = false;
  const settleHead = () => {
    if (!sheet || !first) return;
    const waiting = first;
    first = undefined;
    const found = findHead(sheet, waiting);
    head = found.head;
    recognised ||= head !== undefined;
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
      if (++rows > maxRows) throw new TooManyRows(maxRows);
      onRow(rows);
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
      return { roll: collector.finish(), recognised };
    },
  };
}
