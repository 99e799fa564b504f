import type { BankLine } from '../../domain/bank-line';
import type { LocalDate } from '../../domain/calendar';
import type { Fen } from '../../domain/money';

export const LAYOUTS = ['icbc', 'cmb', 'mt940'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** A file of one account, whose lines lead exactly from one balance to the other. Lines are in the order in which they were booked. */
export type BankStatement = {
  readonly layout: Layout;
  /** The operator's own account, digits and letters only. Empty when the file does not say it: whoever uploads it has to. */
  readonly account: string;
  /** Days of the first and the last line. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly openingFen: Fen;
  readonly closingFen: Fen;
  readonly lines: readonly BankLine[];
};

/** Why a whole file is refused; no line of it is used. */
export class BrokenStatement extends Error {
  /** Line of the file, from 1; 0: the file as a whole. */
  readonly line: number;
  readonly zh: string;
  readonly en: string;

  constructor(line: number, zh: string, en: string) {
    super(line > 0 ? `line ${line}: ${en}` : en);
    this.name = 'BrokenStatement';
    this.line = line;
    this.zh = line > 0 ? `第 ${line} 行：${zh}` : zh;
    this.en = line > 0 ? `Line ${line}: ${en}` : en;
  }
}

/** Reading more at once would keep the server from everybody else; a month of ten thousand rooms is less. */
export const MOST_LINES = 10_000;

export const tooMany = (): BrokenStatement =>
  new BrokenStatement(0, `超过 ${MOST_LINES} 行，请分期导出`, `More than ${MOST_LINES} lines; export it in parts.`);
