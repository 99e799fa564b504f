import { parse } from 'csv-parse/sync';
import type { BankLine } from '../../domain/bank-line';
import type { Fen } from '../../domain/money';
import { inBookingOrder } from './balances';
import { type BankStatement, BrokenStatement, type Layout, MOST_LINES, tooMany } from './statement';
import { accountOf, fenOf, plainText, wantYuan } from './values';

export type Row = { readonly line: number; readonly cells: readonly string[] };

/** A cell by the name of its column; empty where the file has no such column. */
export type Cell = (column: string) => string;

/** What a bank's CSV says and how: where its columns are, and what their values mean. */
export type CsvLayout = {
  readonly layout: Layout;
  /** Columns without which a line of the file is no line of headings of this bank. */
  readonly headings: readonly string[];
  readonly credit: string;
  readonly debit: string;
  readonly ownAccount: string;
  /** The rest of a line, read by the bank's own rules. */
  read(cell: Cell, line: number): Omit<BankLine, 'line' | 'direction' | 'amountFen' | 'balanceFen'>;
};

/** Excel writes long numbers as `="6222…"` or with a tab in front, so that they are not rounded. */
const clean = (cell: string): string => plainText(cell.replace(/^="?(.*?)"?$/, '$1'));

/** @throws BrokenStatement */
export function rowsOf(text: string): Row[] {
  const delimiter = (/^.*对方.*$|^.*收\(付\)方.*$/m.exec(text)?.[0] ?? '').includes('\t') ? '\t' : ',';
  try {
    const records = parse(text, {
      ...{ delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
      ...{ max_record_size: 64 * 1024, to: MOST_LINES + 100 },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record.map(clean) }));
  } catch (error) {
    const line = Number((error as { lines?: number }).lines ?? 0);
    throw new BrokenStatement(line, '不是完整的 CSV，文件可能只下载了一半', `no complete CSV: ${String(error)}`);
  }
}

const isHeading = ({ cells }: Row, { headings }: CsvLayout): boolean => headings.every((name) => cells.includes(name));

/** The layout whose headings stand in the first lines of the file, and where. */
export function layoutOf(rows: readonly Row[], layouts: readonly CsvLayout[]) {
  for (const [at, row] of rows.slice(0, 20).entries()) {
    const layout = layouts.find((candidate) => isHeading(row, candidate));
    if (layout) return { layout, at };
  }
  return undefined;
}

/** `账号：6222…` in the lines above the headings, in one cell or two. */
function accountAbove(rows: readonly Row[]): string {
  const text = rows.map(({ cells }) => cells.join(' ')).join('\n');
  return accountOf(/账号[:： ]+([0-9][0-9 -]{7,40})/.exec(text)?.[1] ?? '');
}

/** Zero and nothing both say that the money went the other way. */
const filled = (text: string): boolean => !/^0*(\.0*)?$/.test(text);

function amountIn({ credit, debit }: CsvLayout, cell: Cell, line: number): Pick<BankLine, 'direction' | 'amountFen'> {
  const [inward, outward] = [cell(credit), cell(debit)];
  if (filled(inward) === filled(outward))
    throw new BrokenStatement(
      line,
      `${credit}与${debit}须且只能有一个有金额`,
      `exactly one of ${credit} and ${debit} must hold an amount`,
    );
  const direction = filled(inward) ? 'credit' : 'debit';
  return { direction, amountFen: fenOf(direction === 'credit' ? inward : outward, line) };
}

type Body = { readonly headings: Row; readonly layout: CsvLayout };

function lineOf({ headings, layout }: Body, { line, cells }: Row): BankLine & { balanceFen: Fen; own: string } {
  if (cells.length < headings.cells.length)
    throw new BrokenStatement(
      line,
      `只有 ${cells.length} 列，应有 ${headings.cells.length} 列，文件可能只下载了一半`,
      `${cells.length} columns instead of ${headings.cells.length}; the file may have been cut off`,
    );
  const cell: Cell = (column) => cells[headings.cells.indexOf(column)] ?? '';
  if (headings.cells.includes('币种')) wantYuan(cell('币种'), line);
  return {
    ...layout.read(cell, line),
    ...amountIn(layout, cell, line),
    line,
    balanceFen: fenOf(cell('余额'), line, { signed: true }),
    own: accountOf(cell(layout.ownAccount)),
  };
}

/** Sums that some exports put below the lines. */
const isSum = ({ cells }: Row): boolean => /^(合计|总计|总笔数|借方合计|贷方合计|汇总)/.test(cells[0] ?? '');

/** @throws BrokenStatement */
export function readCsvStatement(rows: readonly Row[], at: number, layout: CsvLayout): BankStatement {
  const [headings, ...below] = rows.slice(at);
  if (!headings) throw new BrokenStatement(0, '文件是空的', 'The file is empty.');
  const body = below.filter((row) => !isSum(row) && row.cells.some((cell) => cell !== ''));
  if (body.length > MOST_LINES) throw tooMany();
  const read = body.map((row) => lineOf({ headings, layout }, row));
  const days = read.map(({ bookedOn }) => bookedOn).sort();
  const [from] = days;
  const until = days.at(-1);
  if (!from || !until) throw new BrokenStatement(0, '文件里没有任何流水', 'The file holds no lines.');
  const owned = [
    ...new Set([accountAbove(rows.slice(0, at)), ...read.map(({ own }) => own)].filter((own) => own !== '')),
  ];
  if (owned.length > 1)
    throw new BrokenStatement(
      0,
      '文件里有多个本方账号，请按账号分别导出',
      'The file holds several accounts; export each by itself.',
    );
  const booked = inBookingOrder(read.map(({ own: _, ...line }) => line));
  return { layout: layout.layout, account: owned[0] ?? '', from, until, ...booked };
}
