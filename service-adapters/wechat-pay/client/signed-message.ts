import type { KeyObject } from 'node:crypto';
import { messageText, verifiesRsa, WINDOW_SECONDS } from '../signatures';

/** The signature that comes with an answer or a notice, and the body's exact text. */
export type SignedMessage = {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly serial: string;
  readonly body: string;
};

/** Undefined when a header is missing. `header` is asked with lower-case names. */
export function signedMessage(header: (name: string) => string | undefined, body: string): SignedMessage | undefined {
  const timestamp = header('wechatpay-timestamp') ?? '';
  const nonce = header('wechatpay-nonce') ?? '';
  const signature = header('wechatpay-signature') ?? '';
  const serial = header('wechatpay-serial') ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || signature === '' || serial === '') return undefined;
  return { timestamp, nonce, signature, serial, body };
}

export const isFresh = ({ timestamp }: SignedMessage, nowMs: number): boolean =>
  Math.abs(nowMs / 1000 - Number(timestamp)) <= WINDOW_SECONDS;

export const isSignedBy = ({ timestamp, nonce, signature, body }: SignedMessage, key: KeyObject): boolean =>
  verifiesRsa(messageText(timestamp, nonce, body), signature, key);
