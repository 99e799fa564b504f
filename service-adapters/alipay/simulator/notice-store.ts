import { randomBytes } from 'node:crypto';
import type { Fields } from '../wire/rsa2';
import { shanghaiText } from '../wire/shanghai-time';
import { Journal } from './journal';

export type StoredNotice = {
  /** `notify_id`: the same however often it is sent. */
  readonly id: string;
  readonly url: string;
  /** All but what each sending adds: `notify_time` and the signature. */
  readonly fields: Fields;
  readonly tries: number;
  readonly state: 'waiting' | 'taken' | 'lost' | 'given-up';
};

type Entry =
  | { readonly kind: 'queued'; readonly id: string; readonly url: string; readonly fields: Fields }
  | { readonly kind: 'tried'; readonly id: string }
  | { readonly kind: 'ended'; readonly id: string; readonly state: Exclude<StoredNotice['state'], 'waiting'> };

/** Notifications that are owed or were sent; kept, so that a restarted simulator goes on where it was. */
export class NoticeStore {
  readonly #notices = new Map<string, StoredNotice>();
  readonly #journal: Journal<Entry>;

  constructor(file?: string) {
    this.#journal = new Journal(file, (entry) => this.#apply(entry));
  }

  queue(url: string, fields: Fields, now: number): StoredNotice {
    const id = `${shanghaiText(now).slice(0, 10).replaceAll('-', '')}${randomBytes(12).toString('hex')}`;
    this.#journal.write({ kind: 'queued', id, url, fields });
    return this.get(id);
  }

  tried(id: string): void {
    this.#journal.write({ kind: 'tried', id });
  }

  end(id: string, state: Exclude<StoredNotice['state'], 'waiting'>): void {
    this.#journal.write({ kind: 'ended', id, state });
  }

  get(id: string): StoredNotice {
    const notice = this.#notices.get(id);
    if (notice === undefined) throw new Error(`no notice ${id}`);
    return notice;
  }

  all(): readonly StoredNotice[] {
    return [...this.#notices.values()];
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'queued') {
      const { id, url, fields } = entry;
      this.#notices.set(id, { id, url, fields, tries: 0, state: 'waiting' });
      return;
    }
    const notice = this.#notices.get(entry.id);
    if (notice === undefined) return;
    const next = entry.kind === 'tried' ? { tries: notice.tries + 1 } : { state: entry.state };
    this.#notices.set(entry.id, { ...notice, ...next });
  }
}
