import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSigner } from '../signing';
import { verifyNotification } from './callback';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const NOW = Date.UTC(2026, 0, 6);
const payment = {
  providerNumber: 'SIM1',
  outTradeNo: 'T1',
  amountFen: 300_000,
  paidAt: '2027-03-05T02:00:00.000Z',
  attach: 'operator-1',
};
const received = (value: unknown) => {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return { body, headers: createSigner(privateKey)('message', body, NOW), nowMs: NOW };
};

describe('a payment notification', () => {
  it('under the provider’s signature is a payment at its business time', () => {
    expect(verifyNotification(received({ event: 'paid', ...payment }), publicKey)).toEqual({ ok: true, payment });
  });

  it('with a changed amount is not', () => {
    const genuine = received({ event: 'paid', ...payment });
    const changed = { ...genuine, body: genuine.body.replace('300000', '1') };
    expect(verifyNotification(changed, publicKey)).toEqual({ ok: false, code: 'BadSignature' });
  });

  it.each([
    ['a negative amount', { event: 'paid', ...payment, amountFen: -1 }],
    ['half a fen', { event: 'paid', ...payment, amountFen: 0.5 }],
    ['another event', { event: 'failed', ...payment }],
    ['no JSON', 'paid=1'],
  ])('that is signed but says %s is malformed', (_what, value) => {
    expect(verifyNotification(received(value), publicKey)).toEqual({ ok: false, code: 'MalformedBody' });
  });
});
