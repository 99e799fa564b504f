import { Tag } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { LeaseRow } from '../client/contract';

const GOOD = new Set<LeaseRow['status']>(['effective']);
const OVER = new Set<LeaseRow['status']>(['closed', 'expired', 'rejected', 'cancelled']);

export function StatusTag({ status }: { status: LeaseRow['status'] }) {
  const { t } = useTranslation();
  const color = GOOD.has(status) ? 'success' : OVER.has(status) ? 'default' : 'warning';
  return <Tag color={color}>{t(`leaseStatus.${status}`)}</Tag>;
}

/** Said wherever there is nothing real behind: locks, power, seal, payment, SMS. */
export function VirtualTag({ of }: { of: 'door' | 'power' | 'seal' | 'payment' | 'sms' }) {
  const { t } = useTranslation();
  return (
    <Tag color="#5b4a9c" fill="outline">
      {t(`virtual.${of}`)}
    </Tag>
  );
}
