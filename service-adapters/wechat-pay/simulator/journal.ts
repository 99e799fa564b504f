import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Journal<Entry> = {
  /** What an earlier life wrote. */
  readonly entries: readonly Entry[];
  write(entry: Entry): void;
};

/** Lines of JSON in `file`; memory only without one. The line that a crash cut short is left out: its request was never answered. */
export function openJournal<Entry>(file: string | undefined): Journal<Entry> {
  if (file === undefined) return { entries: [], write: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n'); // the next line must not continue the broken one
  const entries = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
  return { entries, write: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`) };
}
