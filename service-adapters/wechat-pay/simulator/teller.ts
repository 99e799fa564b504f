import type { Book } from './book';
import { refundNoticeOf, transactionOf } from './contents';
import type { Faults } from './faults';
import type { Notifier } from './notifier';
import type { StoredOrder, StoredRefund } from './records';

/** Moves what takes its time at the provider, and has the merchant told. */
export type Teller = {
  /** The payer pressed the button: pays once, and has it told. */
  pay(order: StoredOrder): boolean;
  /** Tries to take an accepted deduction a moment later, and has it told either way. */
  expectDeduction(order: StoredOrder): void;
  /** Settles a refund when it is due, and has it told. */
  expect(refund: StoredRefund): void;
  /** Goes on with what an earlier life left. */
  resume(): void;
  close(): void;
};

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

export function createTeller(options: TellerOptions): Teller {
  const { book, notifier, now } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const after = (name: string, ms: number, act: () => void) => {
    if (timers.has(name)) return;
    const fire = () => {
      timers.delete(name);
      act();
    };
    timers.set(name, setTimeout(fire, ms).unref());
  };

  function tell(order: StoredOrder, event: 'SUCCESS' | 'FAIL'): void {
    const content = transactionOf(order);
    const summary = event === 'SUCCESS' ? '支付成功' : '支付失败';
    const about = { about: 'payment', eventType: `TRANSACTION.${event}`, originalType: 'transaction' } as const;
    notifier.send(book.notice({ ...about, url: order.request.notify_url, summary, content, createdMs: now() }));
  }

  function pay(order: StoredOrder): boolean {
    const paid = book.pay(order, now()) ? book.find(order.request.out_trade_no) : undefined;
    if (paid !== undefined) tell(paid, 'SUCCESS');
    return paid !== undefined;
  }

  function tryDeduction(outTradeNo: string): void {
    const order = book.find(outTradeNo);
    if (order?.state !== 'ACCEPT') return;
    if (options.faults.take('payment', ({ by }) => by !== 'payer') === undefined) {
      if (pay(order)) options.onDeducted(order);
      return;
    }
    book.failDeduction(outTradeNo, '余额不足');
    tell(book.find(outTradeNo) ?? order, 'FAIL');
  }

  function settle(outRefundNo: string): void {
    const refund = book.settle(outRefundNo, now());
    const order = refund && book.find(refund.outTradeNo);
    if (refund?.request.notify_url === undefined || order === undefined) return;
    notifier.send(
      book.notice({
        about: 'refund',
        url: refund.request.notify_url,
        eventType: `REFUND.${refund.settlesAs}`,
        summary: REFUND_WORDS[refund.settlesAs],
        originalType: 'refund',
        content: refundNoticeOf(refund, order),
        createdMs: now(),
      }),
    );
  }

  function expect({ request, settledMs, settlesMs }: StoredRefund): void {
    const name = request.out_refund_no;
    if (settledMs === null) after(`refund ${name}`, Math.max(0, settlesMs - now()), () => settle(name));
  }

  function expectDeduction({ request: { out_trade_no }, state }: StoredOrder): void {
    if (state === 'ACCEPT') after(`deduction ${out_trade_no}`, options.deductMs, () => tryDeduction(out_trade_no));
  }

  return {
    pay,
    expect,
    expectDeduction,
    resume: () => {
      for (const notice of book.notices()) if (notice.outcome === 'waiting') notifier.send(notice);
      for (const refund of book.refunds()) expect(refund);
      for (const order of book.orders()) expectDeduction(order);
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
