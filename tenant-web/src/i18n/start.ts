import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { zhCN } from './zh-CN';

const NAME = 'language';

/** Chinese unless this phone chose English before. */
export function startI18n(): void {
  const lng = localStorage.getItem(NAME) === 'en' ? 'en' : 'zh-CN';
  const resources = { 'zh-CN': { translation: zhCN }, en: { translation: en } };
  const interpolation = { escapeValue: false }; // React escapes
  void i18next.use(initReactI18next).init({ lng, fallbackLng: 'zh-CN', resources, interpolation, initAsync: false });
  document.documentElement.lang = lng;
}

export function rememberLanguage(lng: string): void {
  localStorage.setItem(NAME, lng);
  document.documentElement.lang = lng;
  void i18next.changeLanguage(lng);
}
