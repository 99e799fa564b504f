import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Dialog, NoticeBar, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalDate } from '../../../domain/calendar';
import type { Lease, TerminationQuote } from '../client/contract';
import { ApiError } from '../client/http';
import { newKey } from '../client/idempotency-key';
import { api } from '../client/live';
import { formatYuan } from '../format';
import { Failure } from './failure';
import { Loaded } from './loaded';
import { Settlement } from './settlement';

type Props = { lease: Lease; lastDay: LocalDate; done: () => void };

function Confirm({ lease, lastDay, done, quote, again }: Props & { quote: TerminationQuote; again: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [key, setKey] = useState(newKey);
  const [asking, ask] = useState(false);
  const terminate = useMutation({
    mutationFn: () => api.terminate({ leaseId: lease.id, key, body: { lastDay, reason: reason.trim() } }),
    onSuccess: done,
    // Refused: the lease has moved on since the quote, so the amounts are to be seen again. Unanswered: the same try may be repeated.
    onError: (error) => {
      if (error instanceof ApiError && error.isOutage) return;
      setKey(newKey());
      again();
    },
    onSettled: () => ask(false),
  });
  const penalty = formatYuan(quote.penalty?.totalFen ?? 0);
  return (
    <>
      <TextArea
        value={reason}
        onChange={setReason}
        maxLength={200}
        rows={2}
        placeholder={t('leave.reason')}
        aria-label={t('leave.reason')}
        className="day"
      />
      {terminate.error && <Failure error={terminate.error} small />}
      <Button
        block
        color="danger"
        size="large"
        disabled={reason.trim().length < 2}
        loading={terminate.isPending}
        onClick={() => ask(true)}
      >
        {t('leave.requestEarly')}
      </Button>
      <Dialog
        visible={asking}
        title={t('leave.sure')}
        content={t('leave.sureOf', { day: lastDay, penalty })}
        onClose={() => ask(false)}
        actions={[
          [
            { key: 'stay', text: t('action.cancel'), onClick: () => ask(false) },
            { key: 'go', text: t('leave.confirm'), bold: true, danger: true, onClick: () => terminate.mutate() },
          ],
        ]}
      />
    </>
  );
}

/** Ends the lease before its agreed day: the server says what that costs, the tenant agrees to exactly that. */
export function LeaveEarly(props: Props) {
  const { lease, lastDay } = props;
  const { t } = useTranslation();
  const body = { lastDay, reason: t('leave.quoteOnly') };
  const quote = useQuery({
    queryKey: ['leaving', lease.id, lastDay],
    queryFn: () => api.quoteTermination({ leaseId: lease.id, body }),
    retry: false,
  });
  return (
    <>
      <NoticeBar color="alert" wrap content={t('leave.early')} />
      <Loaded query={quote}>
        {(amounts) => (
          <>
            <Settlement amounts={amounts} />
            <Confirm {...props} quote={amounts} again={() => void quote.refetch()} />
          </>
        )}
      </Loaded>
    </>
  );
}
