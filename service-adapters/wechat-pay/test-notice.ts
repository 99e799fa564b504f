import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { Received } from '../payment-provider';
import { API_V3_KEY, MERCHANT, newKeys } from './test-world';

export const PROVIDER = newKeys();
export const SERIAL = '7132D72A03E93CDDF8C03BBD1F37EEDF42C7C5A3';
export const NOTICE_TIME = Date.UTC(2026, 0, 6);

export const PAYMENT = {
  appid: MERCHANT.appid,
  mchid: MERCHANT.mchid,
  out_trade_no: 'order-20260105',
  transaction_id: '1217752501201407033233368018',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  attach: 'operator-1',
  success_time: '2026-01-05T10:34:56+08:00',
  amount: { total: 300_000, payer_total: 300_000, currency: 'CNY', payer_currency: 'CNY' },
};

type Made = { event?: string; content?: unknown; key?: string; serial?: string; atMs?: number; apiV3Key?: string };

/** A notice as an independent SDK seals and signs it. */
export function made({ event, content, key, serial, atMs, apiV3Key }: Made = {}): Received {
  const nonce = 'fdasflkja484';
  const text = JSON.stringify(content ?? PAYMENT);
  const resource = {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Aes.AesGcm.encrypt(text, apiV3Key ?? API_V3_KEY, nonce, 'transaction'),
    associated_data: 'transaction',
    nonce,
  };
  const event_type = event ?? 'TRANSACTION.SUCCESS';
  const body = JSON.stringify({
    id: 'EV-1',
    create_time: '2026-01-05T10:34:57+08:00',
    resource_type: 'encrypt-resource',
    event_type,
    resource,
  });
  const timestamp = String(Math.floor((atMs ?? NOTICE_TIME) / 1000));
  const signature = Rsa.sign(Formatter.response(timestamp, 'n0nce', body), key ?? PROVIDER.privateKey);
  const headers = {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'n0nce',
    'wechatpay-signature': signature,
    'wechatpay-serial': serial ?? SERIAL,
  };
  return { body, headers, nowMs: NOTICE_TIME };
}
