import { describe, expect, test } from '@jest/globals';
import { LEASE_STATUSES } from '../../../domain/lease';
import { LEASE_VERBS } from '../leases/verbs/lease-verbs';
import { en } from './en';
import { zhCN } from './zh-CN';

type Tree = { readonly [key: string]: string | Tree };

const keysOf = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );

const textsOf = (tree: Tree): string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)));

const blanksOf = (text: string): string[] => [...new Set(text.match(/%\{\w+\}/g) ?? [])].sort();

describe('words of the admin app', () => {
  test('everything that can be read in Chinese can be read in English, and the other way round', () => {
    expect(keysOf(zhCN as Tree).sort()).toEqual(keysOf(en as unknown as Tree).sort());
  });

  test('no text is empty', () => {
    expect([...textsOf(zhCN as Tree), ...textsOf(en as unknown as Tree)].filter((text) => text === '')).toEqual([]);
  });

  test('our own texts have the same blanks to fill in both languages', () => {
    const zh = textsOf(zhCN.app as Tree);
    const english = textsOf(en.app as Tree);
    expect(zh.map(blanksOf)).toEqual(english.map(blanksOf));
  });

  test('every verb and every lease status has a name', () => {
    const { verb, verbHelp, leaseStatus } = zhCN.app as unknown as Record<string, Record<string, string>>;
    const unnamed = LEASE_VERBS.filter(({ name }) => !verb?.[name] || !verbHelp?.[name]);
    expect(unnamed.map(({ name }) => name)).toEqual([]);
    expect(LEASE_STATUSES.filter((status) => !leaseStatus?.[status])).toEqual([]);
  });
});
