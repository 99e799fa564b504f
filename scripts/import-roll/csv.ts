import { parse } from 'csv-parse';
import { LIMITS, type SheetReader, UnreadableFile } from './sheet-reader';

/** UTF-8 with or without a mark, UTF-16 with one, else GB18030, in which Chinese Excel saves. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const DELIMITERS = [',', '\t', ';', ','];

/** The separator that the first line has most of, outside quotes. */
export function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const [best = ','] = [...DELIMITERS].sort((a, b) => line.split(b).length - line.split(a).length);
  return best;
}

/** Reads separated text as one sheet named `name`. @throws UnreadableFile */
export async function readCsv(bytes: Uint8Array, name: string, reader: SheetReader): Promise<void> {
  const text = decodeText(bytes);
  if (text.includes('\0')) throw new UnreadableFile('不是文本文件 / the file is neither a workbook nor text');
  reader.sheet({ name, epoch: 1900 });
  const parser = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: LIMITS.cellCharacters * 8,
  });
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++;
      reader.row({ row, cells: record.slice(0, LIMITS.columns).map((cell) => (cell === '' ? null : cell)) });
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(`第 ${row + 1} 行附近无法解析 / cannot be parsed near row ${row + 1} (${String(error)})`);
  }
}
