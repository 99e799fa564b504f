import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SIGNATURE_HEADERS } from '../contract/cashier';
import { createSigner, refuseSignature } from './signing';

const newKeys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const { publicKey, privateKey } = newKeys();
const NOW = Date.UTC(2026, 0, 6);
const scope = { method: 'POST', path: '/orders' } as const;
const body = '{"subject":"一月房租"}';
const headers = createSigner(privateKey)(scope, body, NOW);
const message = { scope, headers, body, nowMs: NOW };

describe('a signed request', () => {
  it('is accepted, and an independent implementation of RSA-SHA256 agrees', () => {
    expect(refuseSignature(message, publicKey)).toBeUndefined();
    const text = `POST\n/orders\n${headers[SIGNATURE_HEADERS.timestamp]}\n${headers[SIGNATURE_HEADERS.nonce]}\n${body}\n`;
    const verify = createVerify('RSA-SHA256').update(text, 'utf8');
    expect(verify.verify(publicKey, headers[SIGNATURE_HEADERS.signature] ?? '', 'base64')).toBe(true);
  });

  it.each([
    ['another body', { ...message, body: body.replace('一', '二') }],
    ['another path', { ...message, scope: { ...scope, path: '/refunds' } }],
    ['another method', { ...message, scope: { ...scope, method: 'PUT' } }],
    ['no path, as a notification has', { ...message, scope: 'message' as const }],
    ['another nonce', { ...message, headers: { ...headers, [SIGNATURE_HEADERS.nonce]: 'x' } }],
    ['a cut signature', { ...message, headers: { ...headers, [SIGNATURE_HEADERS.signature]: 'AAAA' } }],
  ])('is refused with %s', (_what, changed) => {
    expect(refuseSignature(changed, publicKey)).toBe('BadSignature');
  });

  it('is refused under another key', () => {
    expect(refuseSignature(message, newKeys().publicKey)).toBe('BadSignature');
  });

  it('is refused when it is replayed more than five minutes later, or has no signature', () => {
    expect(refuseSignature({ ...message, nowMs: NOW + 299_000 }, publicKey)).toBeUndefined();
    expect(refuseSignature({ ...message, nowMs: NOW + 301_000 }, publicKey)).toBe('StaleTimestamp');
    expect(refuseSignature({ ...message, headers: {} }, publicKey)).toBe('MissingSignature');
  });
});
