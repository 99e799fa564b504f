import { useTranslation } from 'react-i18next';
import { rememberLanguage } from '../i18n/start';

export function LanguageButton() {
  const { i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" lang={other} onClick={() => rememberLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
