import { useMutation } from '@tanstack/react-query';
import { Button, Dialog } from 'antd-mobile';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../client/idempotency-key';
import { api } from '../client/live';
import { rememberOrder } from '../client/pending-order';
import { formatYuan } from '../format';
import { Failure } from './failure';

type Props = { leaseId: string; billIds: readonly string[]; amountFen: number; label?: string };

/** Opens a cashier order for the bills, says when the cashier is simulated, and goes there. One order per choice of bills. */
export function PayButton({ leaseId, billIds, amountFen, label }: Props) {
  const { t } = useTranslation();
  const chosen = billIds.join();
  const key = useMemo(() => ({ of: chosen, key: newKey() }).key, [chosen]);
  const open = useMutation({ mutationFn: () => api.openCashier({ leaseId, billIds, key }) });
  const order = open.data;
  const go = () => {
    if (!order) return;
    rememberOrder({ leaseId, orderId: order.orderId });
    window.location.assign(order.redirectUrl);
  };
  return (
    <>
      <Button
        block
        color="primary"
        size="large"
        loading={open.isPending}
        disabled={billIds.length === 0}
        onClick={() => open.mutate()}
      >
        {label ?? t('pay.now')} {formatYuan(amountFen)}
      </Button>
      {open.error && <Failure error={open.error} small />}
      <Dialog
        visible={order !== undefined}
        title={t(order?.simulated ? 'virtual.cashier' : 'pay.cashier')}
        content={t(order?.simulated ? 'pay.simulated' : 'pay.leaving', { amount: formatYuan(order?.amountFen ?? 0) })}
        closeOnAction={false}
        onClose={() => open.reset()}
        actions={[
          [
            { key: 'stay', text: t('action.cancel'), onClick: () => open.reset() },
            { key: 'go', text: t('pay.go'), bold: true, onClick: go },
          ],
        ]}
      />
    </>
  );
}
