import type { Sign, Verify } from '../wire/rsa2';
import type { AgreementBook } from './agreement/book';
import type { Book } from './book';
import type { Faults } from './faults';
import type { Notifier } from './notifier';
import type { TransferBook } from './transfer/book';

/** The one merchant that the simulated provider knows, and everything it keeps of it. */
export type State = {
  readonly appId: string;
  readonly sellerId: string;
  readonly verify: Verify;
  readonly sign: Sign;
  readonly book: Book;
  readonly agreements: AgreementBook;
  readonly transfers: TransferBook;
  readonly notifier: Notifier;
  readonly faults: Faults;
  readonly now: () => number;
  /** Gives bills of the day that is not over, which the real one has on the next. */
  readonly billsOfToday: boolean;
  /** Where payers reach the pages, without a slash at its end. */
  readonly publicUrl: string;
  /** Runs later, unless the simulator stops first. */
  readonly later: (ms: number, what: () => void) => void;
};

/** The payer at every simulated trade. */
export const BUYER = { id: '2088722000000019', logonId: '138****0019' } as const;
