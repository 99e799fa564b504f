import { Chip } from '@mui/material';
import { Datagrid, FunctionField, List, TextField, useTranslate } from 'react-admin';
import { CommunitySelect } from '../components/community-select';
import { Money, MoneyField } from '../components/money';
import { type Line, Rows } from '../components/rows';
import type { Approval } from '../data/contract';

const filters = [<CommunitySelect key="community" source="communityId" alwaysOn />];

function KindChip({ kind }: Pick<Approval, 'kind'>) {
  const t = useTranslate();
  return <Chip size="small" color={kind === 'lease' ? 'primary' : 'error'} label={t(`app.approvalKind.${kind}`)} />;
}

const line = (approval: Approval & { id: string }): Line => ({
  primary: `${approval.roomName} · ${approval.tenantName}`,
  secondary: `${approval.startsOn} – ${approval.endsOn}`,
  end: (
    <>
      <KindChip kind={approval.kind} />
      <br />
      <Money fen={approval.amountFen} />
    </>
  ),
  to: `/leases/${approval.leaseId}/show`,
});

/** What waits for a decision; the decision is made on the lease's page, beside its facts. */
export default function ApprovalList() {
  const t = useTranslate();
  return (
    <List filters={filters} exporter={false} perPage={25} queryOptions={{ refetchInterval: 10_000 }}>
      <Rows line={line}>
        <Datagrid bulkActionButtons={false} rowClick={(_, __, approval) => `/leases/${approval.leaseId}/show`}>
          <FunctionField label={t('app.bill.kind')} render={({ kind }: Approval) => <KindChip kind={kind} />} />
          <TextField source="roomName" sortable={false} />
          <TextField source="tenantName" sortable={false} />
          <FunctionField label={t('app.lease.term')} render={(a: Approval) => `${a.startsOn} – ${a.endsOn}`} />
          <MoneyField source="amountFen" label="app.bill.amount" />
          <TextField source="leaseNumber" sortable={false} />
        </Datagrid>
      </Rows>
    </List>
  );
}
