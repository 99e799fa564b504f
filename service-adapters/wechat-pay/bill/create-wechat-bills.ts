import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { LocalDate } from '../../../domain/calendar';
import type { Answer } from '../../payment-provider';
import type { WechatPayConfig } from '../client/config';
import { connect } from '../client/connection';
import { reason, type Send } from '../client/exchange';

const DownloadUrl = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url({ protocol: /^https?$/ }),
});

export type WechatBills = {
  /**
   * Writes the bill (type ALL) of a day in Shanghai to `file`, which is there whole or not at all. The provider has it from 10 o'clock of the next day,
   * for three months; refused with NO_STATEMENT_EXIST for a day without payments.
   */
  downloadTradeBill(day: LocalDate, file: string): Promise<Answer<{ readonly file: string; readonly bytes: number }>>;
};

const DOWNLOAD_TIMEOUT_MS = 300_000;

/** The provider's bills. @throws Error when a key of the configuration is none. */
export function createWechatBills(config: WechatPayConfig): WechatBills {
  const { ask, send } = connect(config);
  return {
    downloadTradeBill: async (day, file) => {
      const path = `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`;
      const place = await ask({ method: 'GET', path }, DownloadUrl);
      return place.kind === 'ok' ? saveAs(file, place.value, send) : place;
    },
  };
}

async function saveAs(
  file: string,
  place: z.infer<typeof DownloadUrl>,
  send: Send,
): ReturnType<WechatBills['downloadTradeBill']> {
  const draft = `${file}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const { pathname, search } = new URL(place.download_url);
    const response = await send({ method: 'GET', path: `${pathname}${search}` }, DOWNLOAD_TIMEOUT_MS);
    if (response.status !== 200 || response.body === null)
      return { kind: 'unknown', why: `the bill: ${response.status}` };
    const { sha1, bytes } = await write(Readable.fromWeb(response.body), draft);
    // The download itself is not signed: the hash in the signed answer vouches for it.
    if (sha1 !== place.hash_value.toLowerCase())
      return { kind: 'unknown', why: 'the bill does not have the hash it should' };
    await rename(draft, file);
    return { kind: 'ok', value: { file, bytes } };
  } catch (error) {
    return { kind: 'unknown', why: `the bill: ${reason(error)}` };
  } finally {
    await rm(draft, { force: true });
  }
}

async function write(source: Readable, file: string): Promise<{ sha1: string; bytes: number }> {
  const hash = createHash('sha1');
  let bytes = 0;
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(source, tap, createWriteStream(file));
  return { sha1: hash.digest('hex'), bytes };
}
