import type { z } from 'zod';
import {
  CashierBook,
  CashierError,
  CashierOrder,
  CashierRefund,
  type CashierRefusal,
  CreateOrder,
  RequestRefund,
} from '../../contract/cashier';
import { createSigner, refuseSignature } from '../signing';

export type CashierClientOptions = {
  readonly baseUrl: string;
  readonly merchantPrivatePem: string;
  readonly providerPublicPem: string;
  readonly timeoutMs?: number;
};

type Call = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body: string };

/** A refusal is final for this request; a line that is down throws and may be tried again with the same numbers. */
export type CashierAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: CashierRefusal };

/** The cashier's own calls. Each is idempotent by our number in it. */
export type CashierClient = {
  createOrder(order: CreateOrder): Promise<CashierAnswer<CashierOrder>>;
  queryOrder(outTradeNo: string): Promise<CashierAnswer<CashierOrder>>;
  closeOrder(outTradeNo: string): Promise<CashierAnswer<CashierOrder>>;
  refund(request: RequestRefund): Promise<CashierAnswer<CashierRefund>>;
  queryRefund(outRefundNo: string): Promise<CashierAnswer<CashierRefund>>;
  /** Everything it holds, for whoever reconciles. */
  downloadBook(): Promise<CashierAnswer<CashierBook>>;
};

/** The cashier seam over HTTP: requests signed with our key; answers, refusals too, believed only under the provider's. */
export function createCashierClient(options: CashierClientOptions): CashierClient {
  const sign = createSigner(options.merchantPrivatePem);

  async function call<T>({ method, path, body }: Call, schema: z.ZodType<T>): Promise<CashierAnswer<T>> {
    const response = await fetch(new URL(path, options.baseUrl), {
      method,
      headers: { 'content-type': 'application/json', ...sign({ method, path }, body, Date.now()) },
      ...(method === 'POST' ? { body } : {}),
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    });
    const text = await response.text();
    if (response.status >= 500) throw new Error(`the cashier failed with ${response.status}`);
    const headers = Object.fromEntries(response.headers);
    const bad = refuseSignature(
      { scope: 'message', headers, body: text, nowMs: Date.now() },
      options.providerPublicPem,
    );
    if (bad !== undefined) throw new Error(`the cashier's answer to ${method} ${path} is not signed by it: ${bad}`);
    const answer: unknown = JSON.parse(text);
    return response.ok
      ? { ok: true, value: schema.parse(answer) }
      : { ok: false, code: CashierError.parse(answer).code };
  }

  return {
    createOrder: (order) =>
      call({ method: 'POST', path: '/orders', body: JSON.stringify(CreateOrder.parse(order)) }, CashierOrder),
    queryOrder: (outTradeNo) =>
      call({ method: 'GET', path: `/orders/${encodeURIComponent(outTradeNo)}`, body: '' }, CashierOrder),
    closeOrder: (outTradeNo) =>
      call({ method: 'POST', path: `/orders/${encodeURIComponent(outTradeNo)}/closure`, body: '' }, CashierOrder),
    refund: (request) =>
      call({ method: 'POST', path: '/refunds', body: JSON.stringify(RequestRefund.parse(request)) }, CashierRefund),
    queryRefund: (outRefundNo) =>
      call({ method: 'GET', path: `/refunds/${encodeURIComponent(outRefundNo)}`, body: '' }, CashierRefund),
    downloadBook: () => call({ method: 'GET', path: '/book', body: '' }, CashierBook),
  };
}
