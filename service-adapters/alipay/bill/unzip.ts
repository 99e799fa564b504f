import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { BrokenBill } from '../../broken-bill';

/** A day of any operator fits; more is an attack or a mistake. */
const LARGEST_BYTES = 1024 ** 3;
const MOST_ENTRIES = 100;

/** The files of a zip, one after the other; each is read or left before the next. @throws BrokenBill when it is none, or too big. */
export async function* filesOf(path: string): AsyncGenerator<Readable> {
  let zip: ZipFile | undefined;
  try {
    // Names are in GBK without a word about it, and nobody needs them.
    zip = await openPromise(path, {
      lazyEntries: true,
      validateEntrySizes: true,
      autoClose: false,
      decodeStrings: false,
    });
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (entries.push(entry) > MOST_ENTRIES) break;
    const size = entries.reduce((total, { uncompressedSize }) => total + uncompressedSize, 0);
    if (size > LARGEST_BYTES || entries.length > MOST_ENTRIES) throw new BrokenBill(0, 'too big once unpacked');
    for (const entry of entries) if (entry.uncompressedSize > 0) yield await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw error instanceof BrokenBill ? error : new BrokenBill(0, `damaged or no zip: ${String(error)}`);
  } finally {
    zip?.close();
  }
}
