import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { api } from '../client/live';
import { Row } from './row';

/** The code that names the lease in a bank transfer, so that the money finds its way without a person. */
export function BankTransfer({ leaseId }: { leaseId: string }) {
  const { t } = useTranslation();
  const shown = useQuery({
    queryKey: ['payment-code', leaseId],
    queryFn: () => api.paymentCode(leaseId),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!shown.data) return null;
  return (
    <Card title={t('transfer.title')}>
      <Row name={t('transfer.code')}>
        <strong data-testid="payment-code" style={{ letterSpacing: 1 }}>
          {shown.data.code}
        </strong>
      </Row>
      <p className="quiet">{t('transfer.help')}</p>
    </Card>
  );
}
