import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Dialog } from 'antd-mobile';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentMethod } from '../client/contract';
import { newKey } from '../client/idempotency-key';
import { api } from '../client/live';
import { rememberOrder } from '../client/pending-order';
import { formatYuan } from '../format';
import { Failure } from './failure';
import { PaymentMethods } from './payment-methods';

type Props = { leaseId: string; billIds: readonly string[]; amountFen: number; label?: string };

/** Asks how to pay, opens an order for the bills there, and goes to the provider's page. One order per choice of bills and method. */
export function PayButton({ leaseId, billIds, amountFen, label }: Props) {
  const { t } = useTranslation();
  const [asking, ask] = useState(false);
  const [picked, pick] = useState<PaymentMethod['channel']>();
  const methods = useQuery({ queryKey: ['paymentMethods'], queryFn: api.paymentMethods, enabled: asking });
  const items = methods.data?.items ?? [];
  const method = items.find(({ channel }) => channel === picked) ?? items[0];
  const chosen = `${billIds.join()} ${method?.channel}`;
  const key = useMemo(() => ({ of: chosen, key: newKey() }).key, [chosen]);
  const open = useMutation({
    mutationFn: (channel: PaymentMethod['channel']) => api.openCashier({ leaseId, billIds, channel, key }),
    onSuccess: ({ orderId, redirectUrl }) => {
      rememberOrder({ leaseId, orderId });
      window.location.assign(redirectUrl);
    },
  });
  const stay = () => {
    ask(false);
    open.reset();
  };
  const go = () => {
    if (method && !open.isPending && !open.isSuccess) open.mutate(method.channel);
  };
  const failure = open.error ?? methods.error;
  return (
    <>
      <Button
        block
        color="primary"
        size="large"
        loading={asking && methods.isLoading}
        disabled={billIds.length === 0}
        onClick={() => ask(true)}
      >
        {label ?? t('pay.now')} {formatYuan(amountFen)}
      </Button>
      <Dialog
        visible={asking && !methods.isLoading}
        title={t('pay.with', { amount: formatYuan(amountFen) })}
        content={
          <>
            <PaymentMethods items={items} chosen={method?.channel} choose={pick} />
            {method?.simulated && <p>{t('pay.simulated')}</p>}
            {failure && <Failure error={failure} small />}
          </>
        }
        closeOnAction={false}
        onClose={stay}
        actions={[
          [
            { key: 'stay', text: t('action.cancel'), onClick: stay },
            { key: 'go', text: t('pay.go'), bold: true, disabled: method === undefined, onClick: go },
          ],
        ]}
      />
    </>
  );
}
