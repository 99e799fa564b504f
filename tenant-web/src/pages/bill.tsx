import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Bill } from '../client/contract';
import { api } from '../client/live';
import { Loaded } from '../components/loaded';
import { PayButton } from '../components/pay-button';
import { Row } from '../components/row';
import { Shell } from '../components/shell';
import { formatInstant, formatYuan, periodText } from '../format';

function Lines({ bill }: { bill: Bill }) {
  const { t } = useTranslation();
  return (
    <Card title={t('bill.lines')}>
      {bill.lines.map((line) => (
        <div className="line" key={`${line.kind}/${line.from}/${line.explain}`}>
          <Row name={t(`lineKind.${line.kind}`)}>{formatYuan(line.amountFen)}</Row>
          <div className="quiet">
            {line.from !== line.until && `${periodText(line.from, line.until)}　`}
            {line.explain}
          </div>
        </div>
      ))}
    </Card>
  );
}

export default function BillPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const bill = useQuery({ queryKey: ['bill', id], queryFn: () => api.bill(id), refetchInterval: 5000 });
  return (
    <Shell title={t('bill.title')} back>
      <Loaded query={bill}>
        {(shown) => (
          <>
            <Card title={t(`billKind.${shown.kind}`)}>
              <div className="amount">{formatYuan(shown.totalFen)}</div>
              <Row name={t('bill.period')}>{periodText(shown.periodFrom, shown.periodUntil)}</Row>
              <Row name={t('bill.dueOn')}>{shown.dueOn}</Row>
              <Row name={t('bill.open')}>{formatYuan(shown.openFen)}</Row>
              {shown.payments.map((payment) => (
                <Row key={payment.paymentId} name={`${t('bill.received')} ${formatInstant(payment.paidAt)}`}>
                  {formatYuan(payment.amountFen)}
                </Row>
              ))}
            </Card>
            <Lines bill={shown} />
            {shown.openFen > 0 && <PayButton leaseId={shown.leaseId} billIds={[shown.id]} amountFen={shown.openFen} />}
          </>
        )}
      </Loaded>
    </Shell>
  );
}
