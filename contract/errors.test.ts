import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RefusalCode } from '../db/refusal';
import type { ChangeRefusalCode } from '../domain/change';
import type { PriceRefusalCode } from '../domain/price';
import { isProblemCode, PROBLEMS, type ProblemCode, problemType } from './errors';

// The compiler refuses this line when the domain or the database learns a code that the table does not have.
const known: readonly ProblemCode[] = [] as readonly (ChangeRefusalCode | PriceRefusalCode | RefusalCode)[];

const codes = Object.keys(PROBLEMS) as ProblemCode[];

/** Codes that source files raise by name. */
function raised(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(__dirname, '..', folder, file), 'utf8'))
    .flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code ?? ''));
}

describe('the problem table', () => {
  test.each(codes)('%s has a client or server status, a Chinese title and an English sentence', (code) => {
    const { status, zh, en, retryable } = PROBLEMS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[A-Z].*\.$/);
    if (status >= 500) expect(retryable).toBe(true);
  });

  test('gives every code a type of its own that never changes with its case', () => {
    const types = codes.map(problemType);
    expect(new Set(types).size).toBe(codes.length);
    expect(problemType('RoomTaken')).toBe('/problems/room-taken');
    for (const type of types) expect(type).toMatch(/^\/problems\/[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('knows every code that workflows, activities and the API refuse with', () => {
    const used = [
      ...raised('workflows', /\brefuse\('(\w+)'/g),
      ...raised('workflows', /nonRetryable\([^()]*,\s*'(\w+)'/g),
      ...raised('activities', /nonRetryable\([^()]*,\s*'(\w+)'/g),
      ...raised('db', /new DbRefusal\(\s*'(\w+)'/g),
      ...raised('api', /new Refusal\('(\w+)'/g),
    ];
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((code) => !isProblemCode(code))).toEqual([]);
    expect(known).toEqual([]);
  });

  test('does not take a property of every object for a code', () => {
    expect(isProblemCode('toString')).toBe(false);
  });
});
