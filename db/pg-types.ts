import { types } from 'pg';

const OID = { int8: 20, date: 1082, numeric: 1700, dateArray: 1182, int8Array: 1016 } as const;

/** @throws RangeError for a fraction or a number that JavaScript cannot hold exactly, rather than money that is nearly right. */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
}

const parseArray = (text: string, parse: (item: string) => unknown): unknown[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((item) => (item === 'NULL' ? null : parse(item)));

/**
 * How values of PostgreSQL arrive, decided once for every connection: a DATE stays the text `YYYY-MM-DD` (as a JS Date it shifts a
 * day east of Greenwich), int8 and numeric become safe integers (sum() over bigint is numeric), timestamptz an ISO string.
 */
export function usePlainTypes(): void {
  types.setTypeParser(OID.date, (text) => text);
  types.setTypeParser(OID.int8, safeInteger);
  types.setTypeParser(OID.numeric, safeInteger);
  types.setTypeParser(OID.dateArray as never, (text: string) => parseArray(text, (item) => item));
  types.setTypeParser(OID.int8Array as never, (text: string) => parseArray(text, safeInteger));
  types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());
}
