import { type SheetReader, UnreadableFile } from '../sheet-reader';
import { readMerges } from './merges';
import { readSharedStrings } from './shared-strings';
import { sheetHandlers } from './sheet';
import { readDateStyles } from './styles';
import { readWorkbook } from './workbook';
import { walkXml } from './xml';
import { openParts } from './zip';

/** Reads the visible sheets of a workbook in order. @throws UnreadableFile */
export async function readXlsx(bytes: Buffer, reader: SheetReader): Promise<void> {
  const parts = await openParts(bytes);
  const { epoch, sheets } = await readWorkbook(parts);
  if (sheets.length === 0) throw new UnreadableFile('工作簿里没有工作表 / the workbook has no sheet');
  const strings = await readSharedStrings(parts);
  const dateStyles = await readDateStyles(parts);
  for (const { name, path } of sheets) {
    const merges = await readMerges(parts.text(path));
    reader.sheet({ name, epoch });
    await walkXml(
      parts.text(path),
      sheetHandlers({ epoch, strings, dateStyles, merges }, (raw) => reader.row(raw)),
    );
  }
}
