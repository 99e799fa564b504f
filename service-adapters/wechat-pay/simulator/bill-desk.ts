import { createHash, randomUUID } from 'node:crypto';
import { localDate } from '../../../domain/calendar';
import { tradeBill } from './bill';
import type { Book } from './book';
import type { Outcome } from './calls';
import { refusal } from './refusals';

export type BillDesk = {
  /** Unlike the provider, it has the bill of a day that is not over yet, for demos. */
  ask(query: { readonly bill_date?: unknown; readonly bill_type?: unknown }): Outcome;
  /** What the address that was answered leads to; each can be used for a while only. */
  file(token: unknown): string | undefined;
};

const KEPT = 20;

export function createBillDesk(book: Book, publicUrl: string): BillDesk {
  const files = new Map<string, string>();
  return {
    ask: ({ bill_date, bill_type = 'ALL' }) => {
      if (bill_type !== 'ALL') return refusal('PARAM_ERROR', '模拟器只提供ALL账单');
      const day = dayOf(bill_date);
      if (day === undefined) return refusal('PARAM_ERROR', '账单日期格式不正确');
      const bill = tradeBill(book, day);
      if (bill === undefined) return refusal('NO_STATEMENT_EXIST');
      const token = randomUUID();
      files.set(token, bill);
      for (const old of [...files.keys()].slice(0, -KEPT)) files.delete(old);
      const hash_value = createHash('sha1').update(bill).digest('hex');
      return { hash_type: 'SHA1', hash_value, download_url: `${publicUrl}/v3/billdownload/file?token=${token}` };
    },
    file: (token) => (typeof token === 'string' ? files.get(token) : undefined),
  };
}

const dayOf = (text: unknown) => {
  try {
    return localDate(String(text));
  } catch {
    return undefined;
  }
};
