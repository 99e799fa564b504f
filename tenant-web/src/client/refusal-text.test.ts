import { expect, test } from '@jest/globals';
import type { Problem } from './contract';
import { refusalText } from './refusal-text';

const problem: Problem = {
  ...{ type: '/problems/invalid-input', code: 'InvalidInput', title: '提交的内容有误', detail: 'Something is wrong.' },
  ...{ status: 400, retryable: false },
};
const errors = [{ path: 'reason', message: '至少 2 个字', messageEn: 'At least 2 characters.' }];

test('a refusal says in the tenant’s language what is wrong, and what with', () => {
  expect(refusalText({ ...problem, errors }, 'zh-CN')).toBe('提交的内容有误：至少 2 个字');
  expect(refusalText({ ...problem, errors }, 'en')).toBe('Something is wrong. At least 2 characters.');
});

test('a refusal that says the same of its field says it once', () => {
  const same = [{ path: 'lastDay', message: problem.title, messageEn: problem.detail }];
  expect(refusalText({ ...problem, errors: same }, 'zh-CN')).toBe('提交的内容有误');
});
