import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYuan } from '../format';
import { type BillsToPay, PayDialog } from './pay-dialog';

/** Leads to paying these bills. */
export function PayButton({ label, ...bills }: BillsToPay & { label?: string }) {
  const { t } = useTranslation();
  const [asking, ask] = useState(false);
  return (
    <>
      <Button block color="primary" size="large" disabled={bills.billIds.length === 0} onClick={() => ask(true)}>
        {label ?? t('pay.now')} {formatYuan(bills.amountFen)}
      </Button>
      {asking && <PayDialog {...bills} stay={() => ask(false)} />}
    </>
  );
}
