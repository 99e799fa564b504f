import { useMutation, useQuery } from '@tanstack/react-query';
import { Dialog } from 'antd-mobile';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentMethod } from '../client/contract';
import { newKey } from '../client/idempotency-key';
import { api } from '../client/live';
import { rememberOrder } from '../client/pending-order';
import { formatYuan } from '../format';
import { Failure } from './failure';
import { PaymentMethods } from './payment-methods';

export type BillsToPay = { leaseId: string; billIds: readonly string[]; amountFen: number };

/** What is offered, and which of it is picked: the first until somebody chooses. */
function usePaymentMethods() {
  const [picked, pick] = useState<PaymentMethod['channel']>();
  const { data, error, isLoading } = useQuery({ queryKey: ['paymentMethods'], queryFn: api.paymentMethods });
  const items = data?.items ?? [];
  return { items, method: items.find(({ channel }) => channel === picked) ?? items[0], pick, error, isLoading };
}

/** Opens an order at the provider and goes to its page. One order per choice of bills and method. */
function useOrder({ leaseId, billIds }: BillsToPay, channel: PaymentMethod['channel'] | undefined) {
  const chosen = `${billIds.join()} ${channel}`;
  const key = useMemo(() => ({ of: chosen, key: newKey() }).key, [chosen]);
  return useMutation({
    mutationFn: (at: PaymentMethod['channel']) => api.openCashier({ leaseId, billIds, channel: at, key }),
    onSuccess: ({ orderId, redirectUrl }) => {
      rememberOrder({ leaseId, orderId });
      window.location.assign(redirectUrl);
    },
  });
}

/** Asks how to pay and leads there. */
export function PayDialog({ stay, ...bills }: BillsToPay & { stay: () => void }) {
  const { t } = useTranslation();
  const { items, method, pick, ...methods } = usePaymentMethods();
  const order = useOrder(bills, method?.channel);
  const failure = order.error ?? methods.error;
  const go = () => {
    if (method && !order.isPending && !order.isSuccess) order.mutate(method.channel);
  };
  const content = (
    <>
      <PaymentMethods items={items} chosen={method?.channel} choose={pick} />
      {method?.simulated && <p>{t('pay.simulated')}</p>}
      {failure && <Failure error={failure} small />}
    </>
  );
  const actions = [
    { key: 'stay', text: t('action.cancel'), onClick: stay },
    { key: 'go', text: t('pay.go'), bold: true, disabled: method === undefined, onClick: go },
  ];
  return (
    <Dialog
      visible={!methods.isLoading}
      title={t('pay.with', { amount: formatYuan(bills.amountFen) })}
      content={content}
      closeOnAction={false}
      onClose={stay}
      actions={[actions]}
    />
  );
}
