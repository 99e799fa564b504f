import { expect, test } from '@jest/globals';
import { LEASE_STATUSES } from '../../../domain/lease';
import { en } from './en';
import { zhCN } from './zh-CN';

type Tree = { readonly [key: string]: string | Tree };

const entriesOf = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : entriesOf(value, `${prefix}${key}.`),
  );

const blanksOf = ([key, text]: [string, string]) => [key, (text.match(/\{\{\w+\}\}/g) ?? []).sort()];

test('everything a tenant can read in Chinese can be read in English, with the same blanks to fill', () => {
  expect(entriesOf(zhCN).map(blanksOf)).toEqual(entriesOf(en).map(blanksOf));
});

test('no text is empty', () => {
  expect([...entriesOf(zhCN), ...entriesOf(en)].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('every status of a lease has a name and says what comes next', () => {
  const unnamed = LEASE_STATUSES.filter((status) => !zhCN.leaseStatus[status] || !zhCN.statusHelp[status]);
  expect(unnamed).toEqual([]);
});
