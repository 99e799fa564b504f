import { describe, expect, test } from '@jest/globals';
import { commandLine, numberOption, type Usage, UsageError, usageText } from './command-line';

const USAGE: Usage = {
  name: 'chaos',
  about: 'Breaks things.',
  options: { leases: ['NUMBER', 'how many (200)'], seed: ['TEXT', 'chooses the lives'] },
};

describe('the line that a command was called with', () => {
  test('gives its options either way of writing them, and its words in order', () => {
    const line = commandLine(['api', '--seed', 'a b', '--leases=3', '--json'], { ...USAGE, words: ['api', 'start'] });
    expect([line.option('seed'), numberOption(line, 'leases', 200), line.json]).toEqual(['a b', 3, true]);
    expect(line.words).toEqual(['api']);
    expect(numberOption(commandLine([], USAGE), 'leases', 200)).toBe(200);
  });

  test.each([
    ['an option that it does not know', ['--lease', '3'], /unknown option: --lease/],
    ['an option with a single dash', ['-x'], /unknown option: -x/],
    ['a word that it has no use for', ['everything'], /unknown argument: everything/],
    ['an option without its value', ['--leases'], /--leases wants a value/],
  ])('is refused with %s', (_, argv, why) => {
    expect(() => commandLine(argv, USAGE)).toThrow(why);
    expect(() => commandLine(argv, USAGE)).toThrow(UsageError);
  });

  test.each(['0', '-1', '1.5', 'many'])('is refused when a number is %s', (text) => {
    expect(() => numberOption(commandLine(['--leases', text], USAGE), 'leases', 1)).toThrow(
      /--leases wants a whole number/,
    );
  });

  test('is explained with every option and word', () => {
    const text = usageText({ ...USAGE, words: ['api', 'start'] });
    for (const part of [
      'npm run chaos -- [api|start]...',
      'Breaks things.',
      '--leases NUMBER',
      '--seed TEXT',
      '--json',
      '--help',
    ])
      expect(text).toContain(part);
  });
});
