import { Card } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { Lease, TerminationQuote } from '../client/contract';
import { formatYuan } from '../format';
import { Row } from './row';

type Amounts = Pick<
  TerminationQuote,
  'adjustment' | 'upcoming' | 'penalty' | 'depositFen' | 'prepaymentFen' | 'openFen' | 'estimateFen'
>;

/** Moving out on the agreed day costs nothing extra: what is held minus what is open. */
export const atTheEnd = ({ depositBilledFen, prepaymentFen, openFen }: Lease): Amounts => ({
  adjustment: null,
  upcoming: [],
  penalty: null,
  depositFen: depositBilledFen,
  prepaymentFen,
  openFen,
  estimateFen: depositBilledFen + prepaymentFen - openFen,
});

function Explained({ bill }: { bill: NonNullable<TerminationQuote['penalty']> }) {
  return bill.lines.map((line) => (
    <p className="quiet" key={`${line.kind}/${line.from}/${line.explain}`}>
      {line.explain}
    </p>
  ));
}

/** What moving out comes to, with how the penalty and the correction came about. */
export function Settlement({ amounts }: { amounts: Amounts }) {
  const { t } = useTranslation();
  const { adjustment, upcoming, penalty, depositFen, prepaymentFen, openFen, estimateFen } = amounts;
  return (
    <Card title={t('leave.estimate')}>
      <Row name={t('home.deposit')}>{formatYuan(depositFen)}</Row>
      <Row name={t('home.prepayment')}>{formatYuan(prepaymentFen)}</Row>
      <Row name={t('leave.open')}>{formatYuan(-openFen)}</Row>
      {adjustment && <Row name={t('leave.adjustment')}>{formatYuan(-adjustment.totalFen)}</Row>}
      {adjustment && <Explained bill={adjustment} />}
      {upcoming.map((bill) => (
        <Row key={bill.key} name={t('leave.upcoming', { from: bill.periodFrom, until: bill.periodUntil })}>
          {formatYuan(-bill.totalFen)}
        </Row>
      ))}
      {penalty && (
        <Row name={t('leave.penalty')}>
          <strong data-testid="penalty">{formatYuan(-penalty.totalFen)}</strong>
        </Row>
      )}
      {penalty && <Explained bill={penalty} />}
      <Row name={t(estimateFen >= 0 ? 'leave.back' : 'leave.owed')}>
        <strong data-testid="settlement">{formatYuan(Math.abs(estimateFen))}</strong>
      </Row>
      <p className="quiet">{t('leave.onlyEstimate')}</p>
    </Card>
  );
}
