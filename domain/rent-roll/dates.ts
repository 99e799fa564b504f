import { type LocalDate, localDate } from '../calendar';
import { type Cell, type Epoch, is, narrow, not, type Parsed, show } from './cell';

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/**
 * The day that an Excel serial number stands for; the time of day is dropped. Undefined for serial 60 of the 1900 epoch
 * (29 February 1900, a day that only Excel knows) and for numbers outside Excel's calendar.
 */
export function excelDay(serial: number, epoch: Epoch): LocalDate | undefined {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < 0 || whole > 2_958_465) return undefined;
  if (epoch === 1904) return dayOf(Date.UTC(1904, 0, 1) + whole * DAY_MS);
  if (whole === 60) return undefined;
  return dayOf(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * DAY_MS);
}

/** The serial number under which Excel (1900 epoch) keeps a day after February 1900. */
export const excelSerial = (day: LocalDate): number =>
  (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY_MS;

const dayOf = (ms: number): LocalDate => localDate(new Date(ms).toISOString().slice(0, 10));

const PATTERNS = [
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:号)?(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/** Year first always: 01/02/2026 is a different day to different people, so it is refused. */
export function parseDate(cell: Cell, epoch: Epoch = 1900): Parsed<LocalDate> {
  if (cell !== null && typeof cell === 'object' && 'date' in cell) return inRange(cell.date, cell);
  if (typeof cell === 'number') return fromNumber(cell, epoch);
  const text = typeof cell === 'string' ? narrow(cell).replace(/\s*([-/.年月日])\s*/g, '$1') : '';
  for (const pattern of PATTERNS) {
    const [, year, month, day] = pattern.exec(text) ?? [];
    if (year && month && day) return fromParts(year, month, day, cell);
  }
  return refused(cell);
}

function fromNumber(value: number, epoch: Epoch): Parsed<LocalDate> {
  const digits = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value));
  if (digits?.[1] && digits[2] && digits[3]) return fromParts(digits[1], digits[2], digits[3], value);
  const day = excelDay(value, epoch);
  return day ? inRange(day, value) : refused(value);
}

function fromParts(year: string, month: string, day: string, cell: Cell): Parsed<LocalDate> {
  try {
    return inRange(localDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`), cell);
  } catch {
    return not(`“${show(cell)}”不是存在的日期`, `"${show(cell)}" is not a day of the calendar`);
  }
}

function inRange(day: LocalDate, cell: Cell): Parsed<LocalDate> {
  const year = Number(day.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR ? is(day) : refused(cell);
}

const refused = (cell: Cell): Parsed<never> =>
  not(
    `“${show(cell)}”不是日期,请写成 2026-01-05 或 2026年1月5日`,
    `"${show(cell)}" is not a date; write it as 2026-01-05`,
  );
