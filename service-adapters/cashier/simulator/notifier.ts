import type { PaymentNotification } from '../../../contract/cashier';
import type { Signer } from '../../signing';
import { NOTIFICATION_ACCEPTED } from '../callback';
import type { Book, StoredOrder } from './book';

export type NotifierOptions = {
  readonly book: Book;
  readonly sign: Signer;
  /** Pause before the second try; doubles with each further one up to `maxPauseMs`. */
  readonly firstPauseMs: number;
  readonly maxPauseMs: number;
  readonly log?: (message: string) => void;
};

export type Notifier = {
  /** Tells the merchant of a payment until it answers `success`; a payment on its way is not started twice. */
  notify(order: StoredOrder): void;
  close(): void;
};

const TRY_TIMEOUT_MS = 10_000;

const bodyOf = ({ request, providerNumber, paidAt }: StoredOrder): string =>
  JSON.stringify({
    event: 'paid',
    providerNumber: providerNumber ?? '',
    outTradeNo: request.outTradeNo,
    amountFen: request.amountFen,
    paidAt: paidAt ?? '',
    attach: request.attach ?? null,
  } satisfies PaymentNotification);

export function createNotifier({ book, sign, firstPauseMs, maxPauseMs, log }: NotifierOptions): Notifier {
  const onTheWay = new Set<string>();
  const stop = new AbortController();

  async function tryOnce(order: StoredOrder): Promise<boolean> {
    const body = bodyOf(order);
    try {
      const response = await fetch(order.request.notifyUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign('message', body, Date.now()) },
        body,
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(TRY_TIMEOUT_MS)]),
      });
      return response.ok && (await response.text()).trim() === NOTIFICATION_ACCEPTED;
    } catch {
      return false; // the merchant is away: the same as any other answer than success
    }
  }

  async function deliver(order: StoredOrder): Promise<void> {
    for (let pause = firstPauseMs; !stop.signal.aborted; pause = Math.min(pause * 2, maxPauseMs)) {
      if (await tryOnce(order)) return book.markNotified(order);
      log?.(`payment of order ${order.request.outTradeNo} not accepted by the merchant, next try in ${pause} ms`);
      await new Promise((wake) => setTimeout(wake, pause).unref());
    }
  }

  return {
    notify(order) {
      const { outTradeNo } = order.request;
      if (order.notified || onTheWay.has(outTradeNo)) return;
      onTheWay.add(outTradeNo);
      void deliver(order).finally(() => onTheWay.delete(outTradeNo));
    },
    close: () => stop.abort(),
  };
}
