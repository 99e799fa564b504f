import type { OrderChannel } from '../../domain/ledger-accounts';

/** Where each provider reports payments and refunds; a path of its own, because each signs in its own way. */
export const CALLBACK_PATHS = {
  alipay: '/callbacks/alipay',
  wechat: '/callbacks/wechat-pay',
  simulator: '/callbacks/cashier',
} as const satisfies Record<OrderChannel, string>;
