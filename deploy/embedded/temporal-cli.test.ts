import { describe, expect, it } from '@jest/globals';
import { isNewEnough } from './temporal-cli';

describe('a temporal command line tool found on the machine', () => {
  it.each([
    'temporal version 1.9.0 (Server 1.32.0, UI 2.54.1)',
    'temporal version 1.10.2 (Server 1.33.0, UI 2.60.0)',
    'temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)',
  ])('is used when it can carry leases through time: %s', (line) => {
    expect(isNewEnough(line)).toBe(true);
  });

  it.each([
    'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)',
    'temporal version 1.9.0 (Server 1.31.9, UI 2.54.1)',
    'temporal version 0.13.0 (Server 1.32.0)',
    'something else called temporal',
    '',
  ])('is passed over when it cannot: %s', (line) => {
    expect(isNewEnough(line)).toBe(false);
  });
});
