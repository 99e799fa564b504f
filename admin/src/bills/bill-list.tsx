import { Datagrid, FunctionField, List, SelectInput, TextField, TextInput, useTranslate } from 'react-admin';
import { CommunitySelect } from '../components/community-select';
import { Money, MoneyField } from '../components/money';
import { periodText } from '../components/period';
import { type Line, Rows } from '../components/rows';
import type { BillRow } from '../data/contract';
import { BillPanel } from './bill-panel';

const openChoices = [
  { id: 'true', name: 'app.bill.open' },
  { id: 'false', name: 'app.bill.settled' },
];
const overdueChoices = [
  { id: 'true', name: 'app.bill.overdue' },
  { id: 'false', name: 'app.bill.notOverdue' },
];
const shrink = { inputLabel: { shrink: true } };
const filters = [
  <SelectInput key="open" source="open" choices={openChoices} alwaysOn />,
  <SelectInput key="overdue" source="overdue" choices={overdueChoices} alwaysOn />,
  <CommunitySelect key="community" source="communityId" alwaysOn />,
  <TextInput key="from" source="dueFrom" type="date" slotProps={shrink} alwaysOn />,
  <TextInput key="by" source="dueBy" type="date" slotProps={shrink} alwaysOn />,
];

export default function BillList() {
  const t = useTranslate();
  const line = (bill: BillRow): Line => ({
    primary: `${bill.roomName} · ${bill.tenantName}`,
    secondary: `${t('app.bill.dueOn')} ${bill.dueOn} · ${t(`app.billKind.${bill.kind}`)}`,
    end: <Money fen={bill.openFen > 0 ? bill.openFen : bill.totalFen} alarm={bill.overdue} />,
    to: `/leases/${bill.leaseId}/show`,
  });
  return (
    <List filters={filters} exporter={false} perPage={25} filterDefaultValues={{ open: 'true' }}>
      <Rows line={line}>
        <Datagrid
          bulkActionButtons={false}
          rowClick="expand"
          expand={<BillPanel />}
          sx={{ '& td, & th': { whiteSpace: 'nowrap' } }}
        >
          <TextField source="dueOn" sortable={false} />
          <TextField source="roomName" sortable={false} />
          <TextField source="tenantName" sortable={false} />
          <FunctionField label={t('app.bill.kind')} render={(bill: BillRow) => t(`app.billKind.${bill.kind}`)} />
          <FunctionField
            label={t('app.bill.period')}
            render={(bill: BillRow) => periodText(bill.periodFrom, bill.periodUntil)}
          />
          <MoneyField source="totalFen" label="app.bill.total" />
          <FunctionField
            label={t('app.bill.open')}
            render={(bill: BillRow) => <Money fen={bill.openFen} alarm={bill.overdue} />}
          />
        </Datagrid>
      </Rows>
    </List>
  );
}
