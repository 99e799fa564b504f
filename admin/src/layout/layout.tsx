import type { ReactNode } from 'react';
import { AppBar, CheckForApplicationUpdate, Layout, Menu, useTranslate } from 'react-admin';

const RESOURCES = [
  'approvals',
  'leases',
  'rooms',
  'bills',
  'payments',
  'bank-lines',
  'quarantined-payments',
  'work-orders',
  'tenants',
  'communities',
  'buildings',
  'prices',
  'quotes',
  'imports',
  'policy',
  'audit-entries',
];

const AppMenu = () => {
  const t = useTranslate();
  return (
    <Menu aria-label={t('app.menu')}>
      <Menu.DashboardItem />
      {RESOURCES.map((name) => (
        <Menu.ResourceItem key={name} name={name} />
      ))}
    </Menu>
  );
};

const TopBar = () => <AppBar color="primary" />;

export const AppLayout = ({ children }: { children: ReactNode }) => (
  <Layout menu={AppMenu} appBar={TopBar}>
    {children}
    <CheckForApplicationUpdate interval={600_000} />
  </Layout>
);
