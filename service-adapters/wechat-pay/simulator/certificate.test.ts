import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { selfSigned } from './certificate';

it('is a certificate that a library of others reads and verifies, with the same serial for the same key', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const span = { fromMs: Date.UTC(2026, 0, 5), untilMs: Date.UTC(2051, 0, 5) };
  const { serial, pem } = selfSigned(keys, span);
  const read = new X509Certificate(pem);
  expect(read.verify(keys.publicKey)).toBe(true);
  expect(read.publicKey.equals(keys.publicKey)).toBe(true);
  expect(read.serialNumber).toBe(serial);
  expect(serial).toMatch(/^[0-9A-F]{40}$/);
  expect(read.subject).toBe('CN=模拟微信支付平台');
  expect([Date.parse(read.validFrom), Date.parse(read.validTo)]).toEqual([span.fromMs, span.untilMs]);
  expect(selfSigned(keys, { ...span, untilMs: span.untilMs + 1000 }).serial).toBe(serial);
  expect(selfSigned(generateKeyPairSync('rsa', { modulusLength: 2048 }), span).serial).not.toBe(serial);
});
