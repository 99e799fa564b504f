import type { Problem } from './contract';

/** A refusal in the reader's language, with what was said of single fields after it. */
export function refusalText({ title, detail, errors = [] }: Problem, language: string): string {
  const english = language === 'en';
  const sentence = (english && detail) || title;
  const fields = errors.map((error) => (english ? error.messageEn : error.message));
  const more = [...new Set(fields)].filter((text) => text !== sentence);
  if (more.length === 0) return sentence;
  return english ? `${sentence} ${more.join(' ')}` : `${sentence}：${more.join('；')}`;
}
