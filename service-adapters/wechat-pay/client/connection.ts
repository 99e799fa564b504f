import { createPrivateKey } from 'node:crypto';
import type { Credentials } from '../signatures';
import { createAsk } from './ask';
import { downloadCertificates } from './certificates';
import type { WechatPayConfig } from './config';
import { createExchange, createSend } from './exchange';
import { createPlatformKeys } from './platform-keys';
import { createProviderClock } from './provider-clock';

const TIMEOUT_MS = 10_000;

/**
 * What every part of the client shares: signing, the provider's keys and its time.
 * @throws Error when a key of the configuration is none.
 */
export function connect(config: WechatPayConfig) {
  if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error('the APIv3 key is not 32 characters long');
  const { appid, mchid, merchantSerial, apiV3Key, publicKey } = config;
  const wallClock = config.clock ?? Date.now;
  const clock = createProviderClock(wallClock);
  const credentials: Credentials = { mchid, serial: merchantSerial, key: createPrivateKey(config.merchantPrivatePem) };
  const send = createSend({
    baseUrl: config.baseUrl,
    credentials,
    timeoutMs: config.timeoutMs ?? TIMEOUT_MS,
    now: clock.now,
    ...(publicKey === undefined ? {} : { wantedSerial: publicKey.id }),
  });
  const exchange = createExchange(send);
  const keys = createPlatformKeys({
    clock: clock.now,
    download: () => downloadCertificates(exchange, apiV3Key, clock.now),
    ...(publicKey === undefined ? {} : { configured: publicKey }),
  });
  const ask = createAsk({ exchange, keys, clock, believeUnsignedRefusals: config.believeUnsignedRefusals ?? false });
  /** How far the provider's time is ahead of ours. */
  const aheadMs = () => clock.now() - wallClock();
  return { ask, send, keys, clock, credentials, merchant: { appid, mchid }, aheadMs };
}
