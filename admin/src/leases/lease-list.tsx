import {
  Datagrid,
  FunctionField,
  List,
  SearchInput,
  SelectInput,
  TextField,
  TextInput,
  useTranslate,
} from 'react-admin';
import { LEASE_STATUSES } from '../../../domain/lease';
import { EnforcementChip, StatusChip } from '../components/chips';
import { CommunitySelect } from '../components/community-select';
import { Money, MoneyField } from '../components/money';
import { type Line, Rows } from '../components/rows';
import type { LeaseRow } from '../data/contract';

const statusChoices = LEASE_STATUSES.map((id) => ({ id, name: `app.leaseStatus.${id}` }));
const enforcementChoices = ['awaitingConfirmation', 'restricted'].map((id) => ({ id, name: `app.enforcement.${id}` }));

/** A wide table scrolls within the page, so that its buttons stay where they are. */
const SCROLL = { '& .RaList-main': { minWidth: 0 }, '& .RaList-content': { overflowX: 'auto' } };

const filters = [
  <SearchInput key="search" source="search" alwaysOn />,
  <SelectInput key="status" source="status" choices={statusChoices} alwaysOn />,
  <CommunitySelect key="community" source="communityId" alwaysOn />,
  <SelectInput key="enforcement" source="enforcement" choices={enforcementChoices} />,
  <TextInput key="due" source="dueBy" type="date" slotProps={{ inputLabel: { shrink: true } }} />,
  <TextInput key="ends" source="endsBy" type="date" slotProps={{ inputLabel: { shrink: true } }} />,
];

const Chips = ({ lease: { status, enforcement } }: { lease: LeaseRow }) => (
  <>
    <StatusChip status={status} /> <EnforcementChip enforcement={enforcement} status={status} />
  </>
);

const line = (lease: LeaseRow): Line => ({
  primary: `${lease.roomName} · ${lease.tenantName}`,
  secondary: (
    <>
      {lease.startsOn} – {lease.endsOn}
      <br />
      <Chips lease={lease} />
    </>
  ),
  end: lease.openFen > 0 && <Money fen={lease.openFen} alarm={lease.overdueFen > 0} />,
  to: `/leases/${lease.id}/show`,
});

export default function LeaseList() {
  const t = useTranslate();
  return (
    <List sx={SCROLL} filters={filters} exporter={false} perPage={25} sort={{ field: 'number', order: 'DESC' }}>
      <Rows line={line}>
        <Datagrid rowClick="show" bulkActionButtons={false} sx={{ '& td, & th': { whiteSpace: 'nowrap', px: 1 } }}>
          <TextField source="roomName" sortable={false} />
          <TextField source="tenantName" sortable={false} />
          <FunctionField
            label={t('resources.leases.fields.status')}
            render={(lease: LeaseRow) => <Chips lease={lease} />}
          />
          <FunctionField
            label={t('app.lease.term')}
            render={(lease: LeaseRow) => `${lease.startsOn} – ${lease.endsOn}`}
          />
          <MoneyField source="rateFen" label="resources.leases.fields.rateFen" />
          <MoneyField source="openFen" label="resources.leases.fields.openFen" />
          <MoneyField source="overdueFen" label="resources.leases.fields.overdueFen" alarm />
          <TextField source="nextDueOn" sortable={false} emptyText="—" />
          <TextField source="number" sortable={false} />
        </Datagrid>
      </Rows>
    </List>
  );
}
