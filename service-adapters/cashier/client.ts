import type { z } from 'zod';
import {
  CashierBook,
  CashierError,
  CashierOrder,
  CashierRefund,
  CreateOrder,
  RequestRefund,
} from '../../contract/cashier';
import type { GatewayAnswer, PaymentGateway } from '../payment-gateway';
import { createSigner, refuseSignature } from '../signing';

export type CashierClientOptions = {
  readonly baseUrl: string;
  readonly merchantPrivatePem: string;
  readonly providerPublicPem: string;
  readonly timeoutMs?: number;
};

type Call = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body: string };

/** Beside what activities ask of any provider: the cashier's own book, for whoever reconciles. */
export type CashierClient = PaymentGateway & { readonly downloadBook: () => Promise<GatewayAnswer<CashierBook>> };

/** The cashier seam over HTTP: requests signed with our key; answers, refusals too, believed only under the provider's. */
export function createCashierClient(options: CashierClientOptions): CashierClient {
  const sign = createSigner(options.merchantPrivatePem);

  async function call<T>({ method, path, body }: Call, schema: z.ZodType<T>): Promise<GatewayAnswer<T>> {
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
    simulated: true,
    createOrder: (order) =>
      call({ method: 'POST', path: '/orders', body: JSON.stringify(CreateOrder.parse(order)) }, CashierOrder),
    queryOrder: (outTradeNo) =>
      call({ method: 'GET', path: `/orders/${encodeURIComponent(outTradeNo)}`, body: '' }, CashierOrder),
    refund: (request) =>
      call({ method: 'POST', path: '/refunds', body: JSON.stringify(RequestRefund.parse(request)) }, CashierRefund),
    downloadBook: () => call({ method: 'GET', path: '/book', body: '' }, CashierBook),
  };
}
