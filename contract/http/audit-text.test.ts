import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AUDIT_ACTIONS, auditActionName } from './audit-text';

const root = join(__dirname, '..', '..');

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));

/** What the code writes: actions by name, and one for every message that the API sends to a lease. */
const written = new Set([
  ...['api', 'activities', 'scripts/import-roll']
    .flatMap(sources)
    .flatMap((text) =>
      [...text.matchAll(/\baction:[^,;]*/g)].flatMap(([found]) => [...found.matchAll(/'(\w+\.\w+)'/g)]),
    )
    .map(([, action]) => action ?? ''),
  ...sources('contract/temporal')
    .flatMap((text) => [...text.matchAll(/defineUpdate<[^(]*\('(\w+)'/g)])
    .map(([, update]) => `lease.${update}`),
]);

describe('the audit log', () => {
  test('has a Chinese and an English name for every action that the code writes', () => {
    expect(written.size).toBeGreaterThan(40);
    expect([...written].filter((action) => !Object.hasOwn(AUDIT_ACTIONS, action))).toEqual([]);
    for (const { zh, en } of Object.values(AUDIT_ACTIONS)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
    }
  });

  test('shows the code of an action that it does not know, also one that objects have by nature', () => {
    expect(auditActionName('lease.later').zh).toBe('lease.later');
    expect(auditActionName('toString').en).toBe('toString');
  });
});
