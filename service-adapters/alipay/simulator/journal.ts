import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

/** Entries in the order in which they happened: each is a line in the file before it counts, so a killed simulator forgets nothing. */
export class Journal<Entry> {
  readonly #file: string | undefined;
  readonly #apply: (entry: Entry) => void;

  /** Tells `apply` all that the file holds; in memory only without a file. */
  constructor(file: string | undefined, apply: (entry: Entry) => void) {
    this.#file = file;
    this.#apply = apply;
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    // A crash may have cut the last line short. Nobody was answered for it, and the next entry must not be glued to it.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole, 'utf8'));
    for (const line of whole.split('\n')) if (line !== '') apply(JSON.parse(line) as Entry);
  }

  write(entry: Entry): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#apply(entry);
  }
}
