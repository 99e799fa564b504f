import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Result } from 'antd-mobile';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CashierOrder } from '../client/contract';
import { api } from '../client/live';
import { forgetOrder, type PendingOrder, pendingOrder } from '../client/pending-order';
import { Failure } from '../components/failure';
import { Shell } from '../components/shell';
import { VirtualTag } from '../components/tags';
import { formatYuan } from '../format';

/** What a tenant is told of an order's state: to wait, that it is paid, or to pay anew. */
const SHOWN = {
  created: 'open',
  waiting: 'open',
  unknown: 'open',
  paid: 'paid',
  closed: 'expired',
  expired: 'expired',
} as const satisfies Record<CashierOrder['status'], string>;

/** Asks until the order is settled one way or the other: only the server's word counts as paid, not the way back from the cashier. */
const useOrder = (pending: PendingOrder | undefined) =>
  useQuery({
    queryKey: ['order', pending?.orderId],
    queryFn: () => (pending ? api.cashierOrder(pending) : Promise.reject(new Error('no order'))),
    enabled: pending !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || SHOWN[state.data.status] === 'open' ? 1500 : false),
  });

const RESULT = { open: 'waiting', paid: 'success', expired: 'error' } as const;

export default function PayResultPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [pending] = useState(pendingOrder);
  const order = useOrder(pending);
  const status = order.data && SHOWN[order.data.status];
  useEffect(() => {
    if (status === undefined || status === 'open') return;
    forgetOrder();
    void queries.invalidateQueries({ queryKey: ['bills'] });
    void queries.invalidateQueries({ queryKey: ['leases'] });
  }, [status, queries]);
  const leave = async () => {
    forgetOrder();
    await navigate('/bills', { replace: true });
  };
  return (
    <Shell title={t('pay.result')} back>
      {order.error && <Failure error={order.error} retry={() => void order.refetch()} />}
      {order.data && status && (
        <Result
          status={RESULT[status]}
          title={t(`pay.status.${status}`)}
          description={
            <>
              {formatYuan(order.data.amountFen)} {order.data.simulated && <VirtualTag of="payment" />}
              <br />
              {t(`pay.help.${status}`)}
            </>
          }
        />
      )}
      <Button block color="primary" onClick={() => void leave()}>
        {t('pay.back')}
      </Button>
    </Shell>
  );
}
