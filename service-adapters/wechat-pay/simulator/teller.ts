import type { Book } from './book';
import { refundNoticeOf, transactionOf } from './contents';
import type { Faults } from './faults';
import type { Notifier } from './notifier';
import type { StoredOrder, StoredRefund } from './records';

export type TellerOptions = {
  readonly book: Book;
  readonly faults: Faults;
  readonly notifier: Notifier;
  /** How long a deduction stays ACCEPT. */
  readonly deductMs: number;
  /** Called once a deduction has been taken. */
  readonly onDeducted: (order: StoredOrder) => void;
  readonly now: () => number;
};

const REFUND_WORDS = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' } as const;

/** Moves what takes its time at the provider, and has the merchant told. */
export class Teller {
  readonly #options: TellerOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  /** The payer pressed the button: pays once, and has it told. */
  pay(order: StoredOrder): boolean {
    const { book, now } = this.#options;
    const paid = book.pay(order, now()) ? book.find(order.request.out_trade_no) : undefined;
    if (paid !== undefined) this.#tell(paid, 'SUCCESS');
    return paid !== undefined;
  }

  /** Settles a refund when it is due, and has it told. */
  expect({ request, settledMs, settlesMs }: StoredRefund): void {
    const name = request.out_refund_no;
    const ms = Math.max(0, settlesMs - this.#options.now());
    if (settledMs === null) this.#after(`refund ${name}`, ms, () => this.#settle(name));
  }

  /** Tries to take an accepted deduction a moment later, and has it told either way. */
  expectDeduction({ request, state }: StoredOrder): void {
    const name = request.out_trade_no;
    const { deductMs } = this.#options;
    if (state === 'ACCEPT') this.#after(`deduction ${name}`, deductMs, () => this.#tryDeduction(name));
  }

  /** Goes on with what an earlier life left. */
  resume(): void {
    const { book, notifier } = this.#options;
    for (const notice of book.notices()) if (notice.outcome === 'waiting') notifier.send(notice);
    for (const refund of book.refunds()) this.expect(refund);
    for (const order of book.orders()) this.expectDeduction(order);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #after(name: string, ms: number, act: () => void): void {
    if (this.#timers.has(name)) return;
    const fire = () => {
      this.#timers.delete(name);
      act();
    };
    this.#timers.set(name, setTimeout(fire, ms).unref());
  }

  #tell(order: StoredOrder, event: 'SUCCESS' | 'FAIL'): void {
    const { book, notifier, now } = this.#options;
    const content = transactionOf(order);
    const summary = event === 'SUCCESS' ? '支付成功' : '支付失败';
    const about = { about: 'payment', eventType: `TRANSACTION.${event}`, originalType: 'transaction' } as const;
    notifier.send(book.notice({ ...about, url: order.request.notify_url, summary, content, createdMs: now() }));
  }

  #tryDeduction(outTradeNo: string): void {
    const { book, faults, onDeducted } = this.#options;
    const order = book.find(outTradeNo);
    if (order?.state !== 'ACCEPT') return;
    if (faults.take('payment', ({ by }) => by !== 'payer') === undefined) {
      if (this.pay(order)) onDeducted(order);
      return;
    }
    book.failDeduction(outTradeNo, '余额不足');
    this.#tell(book.find(outTradeNo) ?? order, 'FAIL');
  }

  #settle(outRefundNo: string): void {
    const { book, notifier, now } = this.#options;
    const refund = book.settle(outRefundNo, now());
    const order = refund && book.find(refund.outTradeNo);
    if (refund?.request.notify_url === undefined || order === undefined) return;
    const about = { about: 'refund', eventType: `REFUND.${refund.settlesAs}`, originalType: 'refund' } as const;
    const summary = REFUND_WORDS[refund.settlesAs];
    const content = refundNoticeOf(refund, order);
    notifier.send(book.notice({ ...about, url: refund.request.notify_url, summary, content, createdMs: now() }));
  }
}
