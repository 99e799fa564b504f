import { expect, test } from '@jest/globals';
import { buildProgress } from './temporal-module';

test('the progress of a build says the time and what Go has told, and no total that nobody knows', () => {
  const silent = buildProgress({ seconds: 20, packages: 0, downloads: 0 });
  expect(silent).toBe('Temporal server: building, 20 s');
  const cached = buildProgress({ seconds: 20, packages: 1, downloads: 0 });
  expect(cached).toBe('Temporal server: building, 20 s; so far 1 packages compiled anew');
  const fresh = buildProgress({ seconds: 95, packages: 412, downloads: 230 });
  expect(fresh).toBe('Temporal server: building, 95 s; so far 230 modules downloaded, 412 packages compiled anew');
  expect(fresh).not.toMatch(/ of |%/);
});
