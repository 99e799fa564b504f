import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  blindIndex,
  decryptPersonal,
  encryptPersonal,
  maskIdNumber,
  maskName,
  maskPhone,
  type PersonalDataKeys,
} from './personal-data';

const keys: PersonalDataKeys = {
  currentKeyId: 'k2',
  keys: new Map([
    ['k1', randomBytes(32)],
    ['k2', randomBytes(32)],
  ]),
  indexKey: randomBytes(32),
};

describe('personal data at rest', () => {
  it('comes back as it was, names its key, and never looks the same twice', () => {
    const first = encryptPersonal('13800001234', keys);
    expect(first).toMatch(/^k2:/);
    expect(first).not.toContain('13800001234');
    expect(encryptPersonal('13800001234', keys)).not.toBe(first);
    expect(decryptPersonal(first, keys)).toBe('13800001234');
  });

  it('is still readable under an older key after the current one has changed', () => {
    const old = encryptPersonal('110105194912310021', { ...keys, currentKeyId: 'k1' });
    expect(decryptPersonal(old, keys)).toBe('110105194912310021');
  });

  it('is refused when a single bit of it was altered', () => {
    const stored = encryptPersonal('张三', keys);
    const [id = '', nonce = '', sealed = ''] = stored.split(':');
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decryptPersonal([id, nonce, altered.toString('base64url')].join(':'), keys)).toThrow();
    }
  });

  it('is refused without its key, and with one of the wrong size', () => {
    const stored = encryptPersonal('x', keys);
    expect(() => decryptPersonal(stored, { ...keys, keys: new Map() })).toThrow('no 32-byte personal data key "k2"');
    const short = { ...keys, keys: new Map([['k2', randomBytes(16)]]) };
    expect(() => encryptPersonal('x', short)).toThrow(RangeError);
  });
});

describe('the blind index', () => {
  it('finds the same number however it was typed, and only under the same key and kind', () => {
    const index = blindIndex('phone', '13800001234', keys);
    expect(blindIndex('phone', '138-0000 1234', keys)).toBe(index);
    expect(blindIndex('phone', '13800001235', keys)).not.toBe(index);
    expect(blindIndex('idNumber', '13800001234', keys)).not.toBe(index);
    expect(blindIndex('phone', '13800001234', { ...keys, indexKey: randomBytes(32) })).not.toBe(index);
    expect(blindIndex('idNumber', '11010519491231002x', keys)).toBe(blindIndex('idNumber', '11010519491231002X', keys));
  });
});

describe('masks', () => {
  it('leave a name its first character', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳娜娜')).toBe('欧***');
    expect(maskName('')).toBe('');
  });

  it('leave a phone and an ID number their ends', () => {
    expect(maskPhone('13800001234')).toBe('138****1234');
    expect(maskIdNumber('11010519491231002X')).toBe('110***********002X');
    expect(maskPhone('12345')).toBe('*****');
  });
});
