import { Card, Checkbox, Segmented } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BillRow } from '../client/contract';
import { BankTransfer } from '../components/bank-transfer';
import { Loaded } from '../components/loaded';
import { PayButton } from '../components/pay-button';
import { Shell } from '../components/shell';
import { formatYuan, periodText } from '../format';
import { useBills, useLeases } from '../use-lease';

const isOpen = ({ openFen, voided }: BillRow): boolean => openFen > 0 && !voided;

type CardProps = { bill: BillRow; chosen?: boolean; choose?: (chosen: boolean) => void };

function BillCard({ bill, chosen, choose }: CardProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = t(`billKind.${bill.kind}`);
  return (
    <Card
      title={
        choose ? (
          <Checkbox checked={chosen ?? false} onChange={choose}>
            {name}
          </Checkbox>
        ) : (
          name
        )
      }
      extra={<strong>{formatYuan(isOpen(bill) ? bill.openFen : bill.totalFen)}</strong>}
      bodyStyle={{ padding: 0 }}
    >
      <button type="button" className="row link" onClick={() => void navigate(`/bills/${bill.id}`)}>
        <span>{periodText(bill.periodFrom, bill.periodUntil)}</span>
        <span>
          {t('bill.dueOn')} {bill.dueOn} ›
        </span>
      </button>
    </Card>
  );
}

function OpenBills({ leaseId, bills }: { leaseId: string; bills: readonly BillRow[] }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = bills.filter(({ id }) => !left.has(id));
  const choose = (id: string, yes: boolean) =>
    setLeft(new Set(yes ? [...left].filter((x) => x !== id) : [...left, id]));
  if (bills.length === 0) return <p className="quiet">{t('bill.noneOpen')}</p>;
  return (
    <>
      {bills.map((bill) => (
        <BillCard key={bill.id} bill={bill} chosen={!left.has(bill.id)} choose={(yes) => choose(bill.id, yes)} />
      ))}
      <PayButton
        leaseId={leaseId}
        billIds={chosen.map(({ id }) => id)}
        amountFen={chosen.reduce((sum, bill) => sum + bill.openFen, 0)}
      />
      <BankTransfer leaseId={leaseId} />
    </>
  );
}

function BillTabs({ leaseId }: { leaseId: string }) {
  const { t } = useTranslation();
  const [shown, show] = useState<'open' | 'paid'>('open');
  const bills = useBills(leaseId);
  return (
    <>
      <Segmented
        block
        value={shown}
        onChange={(value) => show(value as 'open' | 'paid')}
        options={[
          { label: t('bill.open'), value: 'open' },
          { label: t('bill.paid'), value: 'paid' },
        ]}
      />
      <Loaded query={bills}>
        {({ items }) =>
          shown === 'open' ? (
            <OpenBills
              leaseId={leaseId}
              bills={items.filter(isOpen).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))}
            />
          ) : (
            items
              .filter((bill) => !isOpen(bill) && !bill.voided)
              .toSorted((a, b) => b.dueOn.localeCompare(a.dueOn))
              .map((bill) => <BillCard key={bill.id} bill={bill} />)
          )
        }
      </Loaded>
    </>
  );
}

export default function BillsPage() {
  const { t } = useTranslation();
  const leases = useLeases();
  return (
    <Shell title={t('tab.bills')}>
      <Loaded query={leases}>
        {({ current }) => (current ? <BillTabs leaseId={current.id} /> : <p className="quiet">{t('home.none')}</p>)}
      </Loaded>
    </Shell>
  );
}
