import polyglotI18nProvider from 'ra-i18n-polyglot';
import { en } from './en';
import { zhCN } from './zh-CN';

const MESSAGES = { 'zh-CN': zhCN, en };
const LOCALES = [
  { locale: 'zh-CN', name: '中文' },
  { locale: 'en', name: 'English' },
];

/** Chinese first; English for those who choose it (react-admin keeps the choice in its store). */
export const i18nProvider = polyglotI18nProvider(
  (locale) => MESSAGES[locale === 'en' ? 'en' : 'zh-CN'],
  'zh-CN',
  LOCALES,
  { allowMissing: false, onMissingKey: (key: string, options?: { _?: string }) => options?._ ?? key },
);
