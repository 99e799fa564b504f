import { type LocalDate, shanghaiInstant } from './calendar';
import type { Fen } from './money';

/** One line of a bank's statement (流水), as the bank books it. */
export type BankLine = {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Money came in (`credit`, 贷) or went out (`debit`, 借), seen from the account's owner as statements are. */
  readonly direction: 'credit' | 'debit';
  readonly amountFen: Fen;
  readonly bookedOn: LocalDate;
  /** ISO instant, where the bank says a time. */
  readonly bookedAt: string | null;
  /** The bank's own number, where it is known to name one line only. */
  readonly bankNumber: string | null;
  readonly payerName: string;
  /** Last four digits at most: nobody needs a stranger's account number. */
  readonly payerTail: string;
  readonly remark: string;
  /** Of the account after this line, where the bank says it. */
  readonly balanceFen: Fen | null;
  /** The bank takes back an earlier line of its own; never a tenant's payment. */
  readonly reversal: boolean;
};

/** When the money counts as paid: at the bank's time, else at noon in Shanghai of its day, never later than `now` of the same day. */
export function paidAtOf({ bookedAt, bookedOn }: Pick<BankLine, 'bookedAt' | 'bookedOn'>, now: string): string {
  if (bookedAt !== null) return bookedAt;
  const noon = shanghaiInstant(bookedOn, 12);
  const midnight = shanghaiInstant(bookedOn, 0);
  const present = Date.parse(now);
  return new Date(present >= midnight ? Math.min(noon, present) : noon).toISOString();
}
