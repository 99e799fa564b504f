import type { z } from 'zod';
import type { Problem } from '../contract/http/common';

type FieldError = NonNullable<Problem['errors']>[number];
type Issue = z.core.$ZodIssue;
type Words = Pick<FieldError, 'message' | 'messageEn'>;

const say = (message: string, messageEn: string): Words => ({ message, messageEn });

/** By the field's name or by the format that its schema asks for. */
const FORMATS: Readonly<Record<string, Words>> = {
  phone: say('请输入 11 位手机号', 'A mobile number has 11 digits.'),
  date: say('请填写有效的日期', 'Enter a valid day.'),
  datetime: say('请填写有效的时间', 'Enter a valid time.'),
};

const TYPES: Readonly<Record<string, Words>> = {
  number: say('请填写数字', 'Enter a number.'),
  int: say('请填写整数', 'Enter a whole number.'),
  boolean: say('请选择是或否', 'Choose yes or no.'),
};

/** Amounts are typed in yuan and shares in per cent, whatever the API counts them in. */
function asTyped(name: string, limit: number): number | string {
  if (name.endsWith('Fen')) return limit === 0 ? 0 : `${limit / 100} 元`;
  if (name.endsWith('Micros')) return limit === 0 ? 0 : `${limit / 10_000}%`;
  return name.endsWith('BasisPoints') && limit !== 0 ? `${limit / 100}%` : limit;
}

function bound(issue: Issue & { code: 'too_small' | 'too_big' }): Words {
  const small = issue.code === 'too_small';
  const limit = asTyped(String(issue.path.at(-1)), Number(small ? issue.minimum : issue.maximum));
  // A lower bound that is itself excluded: amounts above zero.
  const excluded = issue.inclusive === false;
  if (issue.origin === 'string') {
    if (small && limit === 1) return say('必填', 'Required.');
    return small
      ? say(`至少 ${limit} 个字`, `At least ${limit} characters.`)
      : say(`最多 ${limit} 个字`, `At most ${limit} characters.`);
  }
  if (issue.origin === 'array')
    return small ? say(`至少 ${limit} 项`, `At least ${limit}.`) : say(`最多 ${limit} 项`, `At most ${limit}.`);
  if (small)
    return excluded
      ? say(`须大于 ${limit}`, `Must be more than ${limit}.`)
      : say(`不能小于 ${limit}`, `Must be at least ${limit}.`);
  return say(`不能大于 ${limit}`, `Must be at most ${limit}.`);
}

function words(issue: Issue): Words {
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_type':
      // A field that was left out, and one that is null, is what a person sees as empty.
      return /received (undefined|null)$/.test(issue.message) && !(issue.expected in TYPES)
        ? say('必填', 'Required.')
        : (TYPES[issue.expected] ?? say('格式不正确', 'This does not look right.'));
    case 'invalid_format':
      return (
        FORMATS[String(issue.path.at(-1))] ?? FORMATS[issue.format] ?? say('格式不正确', 'This does not look right.')
      );
    case 'invalid_value':
    case 'invalid_union':
      return say('请从可选项中选择', 'Choose one of the options.');
    case 'unrecognized_keys':
      return say(`不认识的内容：${issue.keys.join('、')}`, `Unknown: ${issue.keys.join(', ')}.`);
    default:
      return say('格式不正确', 'This does not look right.');
  }
}

/**
 * What is wrong with each field of a request, in words for whoever filled in the form; of several wrongs of one field the first. The path is
 * the field's place in the body: `damages.0.text`.
 */
export function fieldErrors({ issues }: z.ZodError): FieldError[] {
  const errors = new Map<string, FieldError>();
  for (const issue of issues) {
    const path = issue.path.join('.');
    if (!errors.has(path)) errors.set(path, { path, ...words(issue) });
  }
  return [...errors.values()];
}
