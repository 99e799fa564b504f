import { Datagrid, FunctionField, List, SelectInput, TextField, TextInput, useTranslate } from 'react-admin';
import { CommunitySelect } from '../components/community-select';
import { MoneyField } from '../components/money';
import { periodText } from '../components/period';
import type { BillRow } from '../data/contract';
import { BillPanel } from './bill-panel';

const openChoices = [
  { id: 'true', name: 'app.bill.open' },
  { id: 'false', name: 'app.bill.settled' },
];
const shrink = { inputLabel: { shrink: true } };
const filters = [
  <SelectInput key="open" source="open" choices={openChoices} alwaysOn />,
  <CommunitySelect key="community" source="communityId" alwaysOn />,
  <TextInput key="from" source="dueFrom" type="date" slotProps={shrink} alwaysOn />,
  <TextInput key="by" source="dueBy" type="date" slotProps={shrink} alwaysOn />,
];

export default function BillList() {
  const t = useTranslate();
  return (
    <List filters={filters} exporter={false} perPage={25} filterDefaultValues={{ open: 'true' }}>
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
        <MoneyField source="openFen" label="app.bill.open" alarm />
      </Datagrid>
    </List>
  );
}
