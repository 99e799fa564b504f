import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { LocalDate } from '../../../domain/calendar';
import type { Answer } from '../../payment-provider';
import type { AlipayConfig } from '../config';
import { createContext } from '../context';
import { toAnswer } from '../wire/outcome';

export type AlipayBills = {
  /**
   * Writes the zip of a day in Shanghai to `file`, which is there whole or not at all. Alipay has it from about 9 o'clock of the next
   * day; refused with `BillNotThere` before that, and for a day without any transaction.
   */
  downloadTradeBill(day: LocalDate, file: string): Promise<Answer<{ readonly file: string; readonly bytes: number }>>;
};

const DOWNLOAD_TIMEOUT_MS = 300_000;
const LARGEST_BYTES = 256 * 1024 * 1024;

const Place = z.object({ bill_download_url: z.url({ protocol: /^https?$/ }) });

/** Alipay's ways to say that it has no bill of the day. */
const isNotThere = (subCode: string): boolean => /bill_not_exist|no_bill_data/i.test(subCode);

/** Alipay's bills of trades. @throws Error when the configuration or a key in it is wrong. */
export function createAlipayBills(config: AlipayConfig, now: () => number = Date.now): AlipayBills {
  const { gateway } = createContext(config, now);
  return {
    downloadTradeBill: async (day, file) => {
      const biz = { bill_type: 'trade', bill_date: day };
      const reply = await gateway.call('alipay.data.dataservice.bill.downloadurl.query', biz);
      if (reply.kind === 'reply' && isNotThere(reply.subCode))
        return { kind: 'refused', code: 'BillNotThere', message: reply.message };
      const place = toAnswer(reply, Place);
      return place.kind === 'ok' ? save(place.value.bill_download_url, file) : place;
    },
  };
}

/** The address holds for half a minute, and the file is not signed: that it came whole, its reader sees. */
async function save(url: string, file: string): ReturnType<AlipayBills['downloadTradeBill']> {
  const draft = `${file}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (response.status !== 200 || response.body === null)
      return { kind: 'unknown', why: `the bill: HTTP ${response.status}` };
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > LARGEST_BYTES ? new Error('the bill is too big') : null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(draft));
    await rename(draft, file);
    return { kind: 'ok', value: { file, bytes } };
  } catch (error) {
    return { kind: 'unknown', why: `the bill: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    await rm(draft, { force: true });
  }
}
