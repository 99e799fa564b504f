import type { Epoch } from '../../domain/rent-roll/cell';
import type { RawRow } from '../../domain/rent-roll/table';

/** Gets a file's rows one by one, in order, so that nobody holds a big file as cells. */
export type SheetReader = {
  /** A new sheet begins; the rows that follow are its. */
  sheet(head: { readonly name: string; readonly epoch: Epoch }): void;
  row(raw: RawRow): void;
};

/** The file cannot be read at all; `message` is in Chinese and English for the person who chose it. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

/** The file has more rows than whoever runs the import allows. */
export class TooManyRows extends UnreadableFile {
  override name = 'TooManyRows';

  constructor(maxRows: number) {
    super(`文件超过 ${maxRows} 行 / the file has more than ${maxRows} rows`);
  }
}

/** Bounds against files that were made to fill the memory: a workbook within them is far beyond any landlord's. */
export const LIMITS = {
  fileBytes: 200 * 1024 * 1024,
  unpackedBytes: 2 * 1024 * 1024 * 1024,
  sharedStringsBytes: 256 * 1024 * 1024,
  entries: 2_000,
  columns: 400,
  rows: 1_048_576,
  cellCharacters: 32_767,
  merges: 200_000,
} as const;
