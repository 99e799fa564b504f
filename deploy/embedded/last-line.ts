import { readFileSync } from 'node:fs';

const LONGEST = 300;

/** What a program wrote last into its log, fit for one line of the screen: nearly always the reason of its end. */
export function lastLine(file: string): string {
  const line = lastLines(file, 1);
  return (reasonOf(line) ?? line).slice(0, LONGEST) || 'it said nothing';
}

/** Temporal and our own processes log JSON; its message and error are what a person wants. */
function reasonOf(line: string): string | undefined {
  try {
    const { msg, error, err, message } = JSON.parse(line);
    const reason = [msg, error ?? err?.message ?? message].filter(Boolean).join(': ');
    return reason || undefined;
  } catch {
    return undefined;
  }
}

/** The last `count` lines of a log; empty when there is none. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
