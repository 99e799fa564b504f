import { alipayNumber } from '../book';
import { Journal } from '../journal';

export type TransferRequest = {
  readonly outBizNo: string;
  readonly amountFen: number;
  readonly productCode: string;
  readonly identity: string;
};

export type Transfer = {
  readonly request: TransferRequest;
  readonly orderId: string;
  readonly status: 'SUCCESS' | 'DEALING' | 'FAIL' | 'REFUND';
  /** What becomes of it once the bank is through. */
  readonly outcome: 'SUCCESS' | 'FAIL' | 'REFUND';
  readonly at: number;
};

type Entry =
  | { readonly kind: 'taken'; readonly transfer: Transfer }
  | { readonly kind: 'ended'; readonly outBizNo: string; readonly at: number };

/** Money that the merchant sent out. */
export class TransferBook {
  readonly #transfers = new Map<string, Transfer>();
  readonly #journal: Journal<Entry>;

  constructor(file?: string) {
    this.#journal = new Journal(file, (entry) => this.#apply(entry));
  }

  /** The same transfer again is the one there is; undefined when its number was used for another. */
  take(
    request: TransferRequest,
    how: { readonly status: 'SUCCESS' | 'DEALING'; readonly outcome: Transfer['outcome']; readonly now: number },
  ): Transfer | undefined {
    const known = this.#transfers.get(request.outBizNo);
    if (known !== undefined) return JSON.stringify(known.request) === JSON.stringify(request) ? known : undefined;
    const { status, outcome, now } = how;
    this.#journal.write({ kind: 'taken', transfer: { request, orderId: alipayNumber(now), status, outcome, at: now } });
    return this.#transfers.get(request.outBizNo);
  }

  end(outBizNo: string, now: number): void {
    const transfer = this.find(outBizNo);
    if (transfer !== undefined && transfer.status !== transfer.outcome)
      this.#journal.write({ kind: 'ended', outBizNo, at: now });
  }

  find(outBizNo: string): Transfer | undefined {
    return this.#transfers.get(outBizNo);
  }

  all(): readonly Transfer[] {
    return [...this.#transfers.values()];
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'taken') {
      this.#transfers.set(entry.transfer.request.outBizNo, entry.transfer);
      return;
    }
    const transfer = this.#transfers.get(entry.outBizNo);
    if (transfer !== undefined)
      this.#transfers.set(entry.outBizNo, { ...transfer, status: transfer.outcome, at: entry.at });
  }
}
