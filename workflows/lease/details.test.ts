import { describe, expect, it } from '@jest/globals';
import { localDate, shanghaiInstant } from '../../domain/calendar';
import { aLeaseState } from '../../test/builders';
import { describeLease } from './details';

describe('what ops read of a lease in the Temporal UI', () => {
  it('names the time of the next step as a clock in Shanghai shows it', () => {
    const at = shanghaiInstant(localDate('2026-12-05'), 2);
    const text = describeLease(aLeaseState({}), { task: 'remind', at }, localDate('2026-12-01'));
    expect(text).toContain('Next: **remind** at 2026-12-05 02:00 (Asia/Shanghai)');
    expect(text).not.toContain('2026-12-04');
  });
});
