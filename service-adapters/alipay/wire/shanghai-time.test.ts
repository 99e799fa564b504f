import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shanghaiIso, shanghaiMs, shanghaiText } from './shanghai-time';

describe("Alipay's time", () => {
  it('is GMT+8 whatever the host thinks', () => {
    expect(shanghaiText(Date.parse('2026-12-31T16:00:00.999Z'))).toBe('2027-01-01 00:00:00');
    expect(shanghaiIso('2027-01-01 00:00:00')).toBe('2026-12-31T16:00:00.000Z');
  });

  it('comes back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        expect(shanghaiMs(shanghaiText(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it.each(['2026-02-30 00:00:00', '2026-01-01 24:00:00', '2026-01-01', '2026-01-01T00:00:00', ''])(
    'is not read from %j',
    (text) => expect(shanghaiMs(text)).toBeUndefined(),
  );
});
