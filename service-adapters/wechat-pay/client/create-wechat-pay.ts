import { createPrivateKey } from 'node:crypto';
import type { Acknowledgement, PaymentProvider } from '../../payment-provider';
import type { Credentials } from '../signatures';
import { createAsk } from './ask';
import { downloadCertificates } from './certificates';
import type { WechatPayConfig } from './config';
import { createExchange } from './exchange';
import { createNoticeReader } from './notices';
import { createOrders } from './orders';
import { createPlatformKeys } from './platform-keys';
import { createProviderClock } from './provider-clock';
import { createRefunds } from './refunds';

export type WechatPay = PaymentProvider & {
  /**
   * Gets the provider's certificates before the first notice needs one; without it, that notice is refused and comes again after 15 seconds. False
   * when the provider gave none that can be believed.
   */
  loadKeys(): Promise<boolean>;
};

const TIMEOUT_MS = 10_000;

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
  if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error('the APIv3 key is not 32 characters long');
  const { appid, mchid, merchantSerial, apiV3Key, publicKey } = config;
  const wallClock = config.clock ?? Date.now;
  const clock = createProviderClock(wallClock);
  const credentials: Credentials = { mchid, serial: merchantSerial, key: createPrivateKey(config.merchantPrivatePem) };
  const exchange = createExchange({
    baseUrl: config.baseUrl,
    credentials,
    timeoutMs: config.timeoutMs ?? TIMEOUT_MS,
    now: clock.now,
    ...(publicKey === undefined ? {} : { wantedSerial: publicKey.id }),
  });
  const keys = createPlatformKeys({
    clock: clock.now,
    download: () => downloadCertificates(exchange, apiV3Key, clock.now),
    ...(publicKey === undefined ? {} : { configured: publicKey }),
  });
  const ask = createAsk({ exchange, keys, clock, believeUnsignedRefusals: config.believeUnsignedRefusals ?? false });
  const merchant = { appid, mchid };
  return {
    channel: 'wechat',
    simulated: config.simulated,
    ...createOrders({ ask, merchant, credentials, now: clock.now }),
    ...createRefunds(ask),
    readNotice: createNoticeReader({ keys, merchant, apiV3Key, aheadMs: () => clock.now() - wallClock() }),
    acknowledge,
    loadKeys: keys.load,
  };
}
