import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { LIMITS, UnreadableFile } from '../sheet-reader';

/** The parts of a workbook by their path in the package. */
export type Parts = {
  readonly has: (path: string) => boolean;
  /** The part as text, piece by piece. @throws UnreadableFile when there is none or it is damaged. */
  readonly text: (path: string) => AsyncIterable<string>;
};

const damaged = (error: unknown) =>
  new UnreadableFile(`文件已损坏或不是 Excel 工作簿 / the file is damaged or no Excel workbook (${String(error)})`);

/** Opens the package and holds its sizes to the limits before a byte is unpacked; yauzl holds each part to the size it declares. */
export async function openParts(bytes: Buffer): Promise<Parts> {
  const entries = new Map<string, Entry>();
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.replace(/^\//, ''), entry);
      if (entries.size > LIMITS.entries) break;
    }
  } catch (error) {
    throw damaged(error);
  }
  checkSizes(entries);
  return {
    has: (path) => entries.has(path),
    text: (path) => readText(zip, entries.get(path), path),
  };
}

function checkSizes(entries: ReadonlyMap<string, Entry>): void {
  const unpacked = [...entries.values()].reduce((total, entry) => total + entry.uncompressedSize, 0);
  const strings = entries.get('xl/sharedStrings.xml')?.uncompressedSize ?? 0;
  if (entries.size > LIMITS.entries || unpacked > LIMITS.unpackedBytes || strings > LIMITS.sharedStringsBytes) {
    throw new UnreadableFile('工作簿解压后过大 / the workbook is too big once unpacked');
  }
}

async function* readText(zip: ZipFile, entry: Entry | undefined, path: string): AsyncGenerator<string> {
  if (!entry) throw damaged(`no ${path}`);
  const decoder = new TextDecoder('utf-8');
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged(error);
  }
}
