import { seal } from '../sealing';
import { wireTime } from '../wire';
import type { Book } from './book';
import type { Faults } from './faults';
import type { Platform } from './platform';
import type { StoredNotice } from './records';

/** Seconds between tries, as documented: 24 hours and 4 minutes in all; then the provider gives up. */
export const RETRY_GAPS_SECONDS = [
  15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600,
] as const;

export type NotifierOptions = {
  readonly book: Book;
  readonly faults: Faults;
  readonly platform: Platform;
  readonly apiV3Key: string;
  /** 1: the documented gaps; less for demos and tests. */
  readonly gapScale: number;
  readonly log?: (message: string) => void;
};

const TRY_TIMEOUT_MS = 5_000;

const bodyOf = (notice: StoredNotice, apiV3Key: string): string => {
  const { ciphertext, nonce, associated_data, algorithm } = seal(
    JSON.stringify(notice.content),
    apiV3Key,
    notice.originalType,
  );
  return JSON.stringify({
    id: notice.id,
    create_time: wireTime(notice.createdMs),
    resource_type: 'encrypt-resource',
    event_type: notice.eventType,
    summary: notice.summary,
    resource: { original_type: notice.originalType, algorithm, ciphertext, associated_data, nonce },
  });
};

const pause = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms).unref());

/** Tells the merchant, as often and as badly as it is asked to. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stop = new AbortController();
  /** Notices that wait for another one to go first. */
  #held: Array<() => void> = [];

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Sends it until the merchant answers 200 or 204, or the gaps are used up. */
  send(notice: StoredNotice): void {
    void this.#run(notice);
  }

  close(): void {
    this.#stop.abort();
  }

  async #run(notice: StoredNotice): Promise<void> {
    const { book, faults } = this.#options;
    const fault = faults.take('notice', ({ about }) => about === undefined || about === notice.about);
    if (fault?.how === 'lost') return book.told(notice.id, 'given-up');
    if (fault?.how === 'late') await pause(fault.delayMs);
    if (fault?.how === 'out-of-order') {
      const another = new Promise<void>((wake) => this.#held.push(wake));
      await Promise.race([another, pause(fault.delayMs)]);
    }
    if (this.#stop.signal.aborted) return;
    await this.#deliver(notice, fault?.how === 'wrong-signature');
    if (fault?.how === 'duplicate') await this.#post(notice, false);
    if (fault?.how !== 'out-of-order') this.#release();
  }

  #release(): void {
    const waiting = this.#held;
    this.#held = [];
    for (const wake of waiting) wake();
  }

  async #deliver(notice: StoredNotice, falselyFirst: boolean): Promise<void> {
    const { book, gapScale, log } = this.#options;
    let falsely = falselyFirst;
    for (const gap of [...RETRY_GAPS_SECONDS, undefined]) {
      const accepted = await this.#post(notice, falsely);
      if (this.#stop.signal.aborted) return;
      if (accepted) return book.told(notice.id, 'accepted');
      if (gap === undefined) break;
      log?.(`${notice.eventType} not accepted by the merchant, next try in ${gap * gapScale} s`);
      await pause(gap * 1000 * gapScale);
      if (this.#stop.signal.aborted) return;
      falsely = false;
    }
    book.told(notice.id, 'given-up');
  }

  async #post(notice: StoredNotice, falsely: boolean): Promise<boolean> {
    const { platform, apiV3Key } = this.#options;
    const body = bodyOf(notice, apiV3Key);
    const signature = falsely ? platform.signFalsely(body) : platform.sign(body, { serial: platform.noticeSerial });
    try {
      const response = await fetch(notice.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signature },
        body,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TRY_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status === 200 || response.status === 204;
    } catch {
      return false; // the merchant is away: the same as any other answer
    }
  }
}
