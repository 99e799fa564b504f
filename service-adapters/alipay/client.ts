import type { Acknowledgement, PaymentProvider } from '../payment-provider';
import type { AlipayConfig } from './config';
import { createContext } from './context';
import { readNotice } from './notice';
import { openOrder } from './open';
import { closeOrder, queryOrder } from './query';
import { queryRefund, refundOrder } from './refund';

/** The only answer after which Alipay stops repeating a notification. */
const TAKEN = 'success';

const acknowledge = (taken: boolean): Acknowledgement => ({
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  body: taken ? TAKEN : 'fail',
});

/** Alipay as a payment provider. `now` (ms) dates requests. @throws Error when the configuration or a key in it is wrong. */
export function createAlipay(config: AlipayConfig, now: () => number = Date.now): PaymentProvider {
  const context = createContext(config, now);
  return {
    channel: 'alipay',
    simulated: context.simulated,
    open: (order) => openOrder(context, order),
    query: (outTradeNo) => queryOrder(context, outTradeNo),
    close: (outTradeNo) => closeOrder(context, outTradeNo),
    refund: (refund) => refundOrder(context, refund),
    queryRefund: (refund) => queryRefund(context, refund),
    readNotice: (received) => readNotice(context, received),
    acknowledge,
  };
}
