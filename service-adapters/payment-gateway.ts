import type { CashierOrder, CashierRefund, CashierRefusal, CreateOrder, RequestRefund } from '../contract/cashier';

/** A refusal is final for this request; a line that is down throws and may be tried again with the same numbers. */
export type GatewayAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: CashierRefusal };

/** A payment provider as the activities see it. Each call is idempotent by our own number in it. */
export type PaymentGateway = {
  /** True while no real money moves; screens must say so. */
  readonly simulated: boolean;
  createOrder(order: CreateOrder): Promise<GatewayAnswer<CashierOrder>>;
  queryOrder(outTradeNo: string): Promise<GatewayAnswer<CashierOrder>>;
  refund(request: RequestRefund): Promise<GatewayAnswer<CashierRefund>>;
};
