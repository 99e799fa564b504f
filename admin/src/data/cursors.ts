/** The API pages by cursor, react-admin by number: remembers, for one list as filtered, where each page began. */
export class Cursors {
  readonly #starts = new Map<string, (string | undefined)[]>();

  /** The furthest known page at or before `page`, from which the caller walks on. */
  nearest(list: string, page: number): { page: number; cursor: string | undefined } {
    const starts = this.#starts.get(list) ?? [undefined];
    const known = Math.min(page, starts.length);
    return { page: known, cursor: starts[known - 1] };
  }

  /** `page` was read and the next one begins at `next`. A first page read anew forgets what followed it. */
  remember(list: string, page: number, next: string | null): void {
    const starts = (this.#starts.get(list) ?? [undefined]).slice(0, page);
    if (next !== null) starts.push(next);
    this.#starts.set(list, starts);
  }
}
