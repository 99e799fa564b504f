import type { LocalDate } from '../domain/calendar';
import { formatDay, formatYuan } from '../domain/format';
import type { Fen } from '../domain/money';
import { NOTICE_TEMPLATES, type NoticeKey, type NoticeLocale } from './notice-templates';

/** What each kind of placeholder takes. */
type NoticeValue = { yuan: Fen; day: LocalDate; count: number; text: string };

type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}` ? Slot | Slots<Rest> : never;
type WordsOf<Key extends NoticeKey> = (typeof NOTICE_TEMPLATES)[Key]['zh'];
type SlotsOf<Key extends NoticeKey> = Slots<WordsOf<Key>['title']> | Slots<WordsOf<Key>['text']>;

/** The parameters of a notice, read off its Chinese words: `{amount:yuan}` wants `amount: Fen`. */
export type NoticeParams<Key extends NoticeKey> = {
  readonly [Slot in SlotsOf<Key> as Slot extends `${infer Name}:${string}`
    ? Name
    : never]: Slot extends `${string}:${infer Kind extends keyof NoticeValue}` ? NoticeValue[Kind] : never;
};

export type RenderedNotice = { readonly title: string; readonly text: string };

const englishAmount = (amount: Fen): string => `CNY ${formatYuan(amount).replace(' 元', '')}`;

function formatted(kind: string, value: unknown, locale: NoticeLocale): string {
  if (kind === 'yuan') return locale === 'zh' ? formatYuan(value as Fen) : englishAmount(value as Fen);
  if (kind === 'day') return locale === 'zh' ? formatDay(value as LocalDate) : String(value);
  return String(value);
}

/**
 * The words of a notice in one language. `{amount:yuan}` becomes `3,000.00 元`, `{dueOn:day}` becomes `2026年3月5日`.
 * @throws RangeError when a parameter is missing, rather than send a sentence with a hole.
 */
export function renderNotice<Key extends NoticeKey>(
  key: Key,
  params: NoticeParams<Key>,
  locale: NoticeLocale = 'zh',
): RenderedNotice {
  const values: Readonly<Record<string, unknown>> = params;
  const fill = (text: string) =>
    text.replace(/\{(\w+):(\w+)\}/g, (_slot, name: string, kind: string) => {
      const value = values[name];
      if (value === undefined || value === null) throw new RangeError(`notice ${key} needs ${name}`);
      return formatted(kind, value, locale);
    });
  const { title, text } = NOTICE_TEMPLATES[key][locale];
  return { title: fill(title), text: fill(text) };
}
