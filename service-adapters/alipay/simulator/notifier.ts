import { setTimeout as sleep } from 'node:timers/promises';
import { type Fields, NOTICE_LEFT_OUT, type Sign, signedText } from '../wire/rsa2';
import { shanghaiText } from '../wire/shanghai-time';
import type { Faults } from './faults';
import type { NoticeStore, StoredNotice } from './notice-store';

const MINUTE = 60_000;
/** Documented: eight times within 25 hours. Pauses before each of them. */
const NOTICE_GAPS_MS: readonly number[] = [0, 2, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * MINUTE);

export type NotifierOptions = {
  readonly store: NoticeStore;
  readonly sign: Sign;
  readonly faults: Faults;
  readonly now: () => number;
  /** Multiplies the documented gaps. */
  readonly gapScale: number;
  readonly log?: (message: string) => void;
};

const TRY_TIMEOUT_MS = 10_000;

/** The form body of one sending. Empty fields are not sent: Alipay's Node library would take them into the signature. */
function noticeBody(id: string, fields: Fields, now: number, sign: Sign): string {
  const sent = {
    ...fields,
    notify_id: id,
    notify_time: shanghaiText(now),
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
  };
  const full = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ''));
  return new URLSearchParams({ ...full, sign: sign(signedText(full, NOTICE_LEFT_OUT)) }).toString();
}

/** Sleeps without keeping the process alive; rejects once stopped. */
const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal, ref: false });

/** Tells the merchant what happened, as the real one does, and as badly as somebody asked for. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stop = new AbortController();
  /** Held back until another has overtaken them. */
  readonly #held = new Set<() => void>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Tells the merchant until it answers `success` or the last try is over. */
  notify(url: string, fields: Fields): void {
    this.#launch(this.#options.store.queue(url, fields, this.#options.now()));
  }

  /** Goes on with what an earlier life left. */
  resume(): void {
    for (const notice of this.#options.store.all()) if (notice.state === 'waiting') this.#launch(notice);
  }

  close(): void {
    this.#stop.abort();
  }

  #launch(notice: StoredNotice): void {
    void this.#start(notice).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) this.#options.log?.(`notice ${notice.id} failed: ${String(error)}`);
    });
  }

  async #start(notice: StoredNotice): Promise<void> {
    const { store, sign, faults } = this.#options;
    const fault = faults.takeNotice();
    if (fault?.kind === 'lost') return store.end(notice.id, 'lost');
    if (fault?.kind === 'late') await pause(fault.delayMs, this.#stop.signal);
    if (fault?.kind === 'out-of-order') await this.#overtaken(fault.delayMs);
    const taken = await this.#deliver(notice, fault?.kind === 'wrong-signature' ? forge : sign);
    if (fault?.kind === 'duplicate') await this.#send(notice, sign);
    store.end(notice.id, taken ? 'taken' : 'given-up');
  }

  /** Tries until taken. A stop in between leaves the notice waiting for `resume`. */
  async #deliver(notice: StoredNotice, firstSignature: Sign): Promise<boolean> {
    const { store, sign, gapScale, log } = this.#options;
    for (let tries = notice.tries; tries < NOTICE_GAPS_MS.length; tries++) {
      await pause((NOTICE_GAPS_MS[tries] ?? 0) * gapScale, this.#stop.signal);
      const taken = await this.#send(notice, tries === 0 ? firstSignature : sign);
      this.#stop.signal.throwIfAborted();
      store.tried(notice.id);
      for (const release of this.#held) release();
      if (taken) return true;
      log?.(`the merchant did not take notice ${notice.id}, try ${tries + 1}`);
    }
    return false;
  }

  async #send({ id, url, fields }: StoredNotice, signature: Sign): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: noticeBody(id, fields, this.#options.now(), signature),
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TRY_TIMEOUT_MS)]),
      });
      return response.ok && (await response.text()).trim() === 'success';
    } catch {
      return false; // the merchant is away: the same as any other answer than success
    }
  }

  /** Waits for another notice to go first, but not for ever. */
  async #overtaken(atMostMs: number): Promise<void> {
    let release = (): void => undefined;
    const another = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#held.add(release);
    try {
      await Promise.race([another, pause(atMostMs, this.#stop.signal)]);
    } finally {
      this.#held.delete(release);
    }
  }
}

/** A signature of the right form over another text. */
const forge: Sign = (text) => Buffer.from(text.padEnd(256).slice(0, 256)).toString('base64');
