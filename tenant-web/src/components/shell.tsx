import { TabBar } from 'antd-mobile';
import { AppOutline, BellOutline, BillOutline, KeyOutline, LeftOutline } from 'antd-mobile-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

const TABS = [
  { key: '/', icon: <AppOutline />, title: 'tab.home' },
  { key: '/bills', icon: <BillOutline />, title: 'tab.bills' },
  { key: '/door', icon: <KeyOutline />, title: 'tab.door' },
  { key: '/notices', icon: <BellOutline />, title: 'tab.notices' },
] as const;

type ShellProps = { title: string; children: ReactNode; back?: boolean; action?: ReactNode };

/** Header, content and tab bar. With `back` it is a page below a tab and has a named way back. */
export function Shell({ title, children, back = false, action }: ShellProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <div className="shell">
      <header className="top">
        {back && (
          <button type="button" aria-label={t('action.back')} onClick={() => void navigate(-1)}>
            <LeftOutline />
          </button>
        )}
        <h1>{title}</h1>
        {action}
      </header>
      <main className="content">{children}</main>
      {!back && (
        <nav className="tabs" aria-label={t('tab.all')}>
          <TabBar activeKey={pathname} onChange={(key) => void navigate(key)}>
            {TABS.map((tab) => (
              <TabBar.Item key={tab.key} icon={tab.icon} title={t(tab.title)} />
            ))}
          </TabBar>
        </nav>
      )}
    </div>
  );
}
