import type { Cell, Epoch } from '../../../domain/rent-roll/cell';
import { excelDay, parseDate } from '../../../domain/rent-roll/dates';
import type { RawRow } from '../../../domain/rent-roll/table';
import { LIMITS, UnreadableFile } from '../sheet-reader';
import { createMergeFiller, type Merge } from './merges';
import { columnOf } from './reference';
import { ownText, unescapeText } from './shared-strings';
import type { Attributes, XmlHandlers } from './xml';

export type SheetContext = {
  readonly epoch: Epoch;
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly merges: readonly Merge[];
};

/** Handlers that turn a worksheet's tags into rows. Formulas count by the value that the program last saved with them. */
export function sheetHandlers(context: SheetContext, onRow: (raw: RawRow) => void): XmlHandlers {
  const fill = createMergeFiller(context.merges);
  let row = 0;
  let cells: Cell[] = [];
  let column = -1;
  let attributes: Attributes = {};
  let value = '';
  let collecting = false;
  let inReading = false;
  return {
    open(tag, given) {
      if (tag === 'c') {
        attributes = given;
        column = columnOf(given.r) ?? column + 1;
        value = '';
      } else if (tag === 'v' || tag === 't') collecting = !inReading;
      else if (tag === 'rPh') inReading = true;
      else if (tag === 'row') {
        row = Number(given.r ?? row + 1);
        if (row > LIMITS.rows) throw new UnreadableFile('行数过多 / the sheet has too many rows');
        cells = [];
        column = -1;
      }
    },
    text(piece) {
      if (collecting && value.length < LIMITS.cellCharacters) value += piece;
    },
    close(tag) {
      if (tag === 'v' || tag === 't') collecting = false;
      else if (tag === 'rPh') inReading = false;
      else if (tag === 'c') {
        const cell = value === '' ? null : cellValue(value, attributes, context);
        if (cell === null || column >= LIMITS.columns) return;
        while (cells.length < column) cells.push(null);
        cells[column] = cell;
      } else if (tag === 'row') {
        if (context.merges.length > 0) fill(row, cells);
        onRow({ row, cells });
      }
    },
  };
}

function cellValue(text: string, { t: type, s: style }: Attributes, context: SheetContext): Cell {
  switch (type) {
    case 's':
      return context.strings[Number(text)] ?? null;
    case 'str':
    case 'inlineStr':
      return ownText(unescapeText(text));
    case 'b':
      return text === '1';
    case 'e':
      return { error: text };
    case 'd': {
      const day = parseDate(text);
      return day.ok ? { date: day.value } : text;
    }
    default:
      return numberValue(Number(text), style, context);
  }
}

function numberValue(number: number, style: string | undefined, { epoch, dateStyles }: SheetContext): Cell {
  if (Number.isNaN(number)) return null;
  if (style === undefined || !dateStyles[Number(style)]) return number;
  const date = excelDay(number, epoch);
  return date === undefined ? number : { date };
}
