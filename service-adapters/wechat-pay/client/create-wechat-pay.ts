import type { Acknowledgement, PaymentProvider } from '../../payment-provider';
import type { WechatPayConfig } from './config';
import { connect } from './connection';
import { createNoticeReader } from './notices';
import { createOrders } from './orders';
import { createRefunds } from './refunds';

export type WechatPay = PaymentProvider & {
  /**
   * Gets the provider's certificates before the first notice needs one; without it, that notice is refused and comes again after 15 seconds. False
   * when the provider gave none that can be believed.
   */
  loadKeys(): Promise<boolean>;
};

/** The status decides; the body is read by people only. */
const acknowledge = (taken: boolean): Acknowledgement =>
  taken
    ? { status: 204, contentType: 'application/json', body: '' }
    : { status: 500, contentType: 'application/json', body: JSON.stringify({ code: 'FAIL', message: '失败' }) };

/**
 * WeChat Pay APIv3 on its own wire.
 * @throws Error when a key of the configuration is none.
 */
export function createWechatPay(config: WechatPayConfig): WechatPay {
  const { ask, keys, clock, credentials, merchant, aheadMs } = connect(config);
  return {
    channel: 'wechat',
    simulated: config.simulated,
    ...createOrders({ ask, merchant, credentials, now: clock.now }),
    ...createRefunds(ask),
    readNotice: createNoticeReader({ keys, merchant, apiV3Key: config.apiV3Key, aheadMs }),
    acknowledge,
    loadKeys: keys.load,
  };
}
