const OFFSET_MS = 8 * 60 * 60 * 1000; // UTC+8 all year

/** `yyyy-MM-dd HH:mm:ss` in GMT+8, Alipay's only way to write an instant; what is below a second is cut off. */
export const shanghaiText = (epochMs: number): string =>
  new Date(epochMs + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

/** The instant (ms) that such a text names; undefined for a day or an hour that does not exist. */
export function shanghaiMs(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(' ', 'T')}Z`) - OFFSET_MS;
  return Number.isNaN(ms) || shanghaiText(ms) !== text ? undefined : ms;
}

/** The same as an ISO instant. */
export function shanghaiIso(text: string): string | undefined {
  const ms = shanghaiMs(text);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
