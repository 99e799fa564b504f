import { readFileSync } from 'node:fs';

/** What a program wrote last into its log: nearly always the reason of its end. */
export const lastLine = (file: string): string => lastLines(file, 1) || 'it said nothing';

/** The last `count` lines of a log; empty when there is none. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
