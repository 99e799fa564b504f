import type { Book } from './book';
import { refundNoticeOf, transactionOf } from './contents';
import type { Notifier } from './notifier';
import type { StoredOrder, StoredRefund } from './records';

/** Moves what takes its time at the provider, and has the merchant told. */
export type Teller = {
  /** The payer pressed the button: pays once, and has it told. */
  pay(order: StoredOrder): boolean;
  /** Settles a refund when it is due, and has it told. */
  expect(refund: StoredRefund): void;
  /** Goes on with what an earlier life left. */
  resume(): void;
  close(): void;
};

export type TellerOptions = { readonly book: Book; readonly notifier: Notifier; readonly now: () => number };

const REFUND_WORDS = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' } as const;

export function createTeller({ book, notifier, now }: TellerOptions): Teller {
  const timers = new Map<string, NodeJS.Timeout>();

  function pay(order: StoredOrder): boolean {
    const paid = book.pay(order, now()) ? book.find(order.request.out_trade_no) : undefined;
    if (paid === undefined) return false;
    notifier.send(
      book.notice({
        about: 'payment',
        url: paid.request.notify_url,
        eventType: 'TRANSACTION.SUCCESS',
        summary: '支付成功',
        originalType: 'transaction',
        content: transactionOf(paid),
        createdMs: now(),
      }),
    );
    return true;
  }

  function settle(outRefundNo: string): void {
    timers.delete(outRefundNo);
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
    if (settledMs !== null || timers.has(name)) return;
    timers.set(name, setTimeout(settle, Math.max(0, settlesMs - now()), name).unref());
  }

  return {
    pay,
    expect,
    resume: () => {
      for (const notice of book.notices()) if (notice.outcome === 'waiting') notifier.send(notice);
      for (const refund of book.refunds()) expect(refund);
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
