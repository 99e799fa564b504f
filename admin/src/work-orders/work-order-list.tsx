import { Button, Chip } from '@mui/material';
import { Datagrid, FunctionField, List, SelectInput, TextField, useRecordContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { CommunitySelect } from '../components/community-select';
import { formatInstant } from '../components/instant';
import { type Line, Rows } from '../components/rows';
import { useMay } from '../components/use-app';
import type { WorkOrder } from '../data/contract';
import { CloseButton } from './close-button';

const statusChoices = ['open', 'closed'].map((id) => ({ id, name: `app.workOrder.${id}` }));
const filters = [
  <SelectInput key="status" source="status" choices={statusChoices} alwaysOn />,
  <CommunitySelect key="community" source="communityId" alwaysOn />,
];

/** Money that was set aside has a list of its own, where the amount, the order and the reason stand. */
function MoneyLink() {
  const t = useTranslate();
  const mayDo = useMay();
  const order = useRecordContext<WorkOrder>();
  if (order?.kind !== 'payment' || !mayDo('payment.record')) return null;
  return (
    <Button size="small" component={Link} to="/quarantined-payments">
      {t('app.quarantine.open')}
    </Button>
  );
}

const line = (order: WorkOrder): Line => ({
  primary: order.title,
  secondary: `${order.roomName ?? ''} ${formatInstant(order.openedAt)} ${order.result ?? ''}`,
  end: (
    <>
      <MoneyLink />
      <CloseButton />
    </>
  ),
  ...(order.leaseId && order.status === 'closed' && { to: `/leases/${order.leaseId}/show` }),
});

export default function WorkOrderList() {
  const t = useTranslate();
  return (
    <List filters={filters} exporter={false} perPage={25} filterDefaultValues={{ status: 'open' }}>
      <Rows line={line}>
        <Datagrid bulkActionButtons={false} rowClick={false}>
          <FunctionField
            label={t('app.workOrder.openedAt')}
            render={(order: WorkOrder) => formatInstant(order.openedAt)}
          />
          <FunctionField
            label={t('app.bill.kind')}
            render={(order: WorkOrder) => t(`app.workOrderKind.${order.kind}`, { _: order.kind })}
          />
          <TextField source="roomName" sortable={false} emptyText="—" />
          <TextField source="title" sortable={false} />
          <FunctionField
            label={t('resources.leases.fields.status')}
            render={(order: WorkOrder) => (
              <Chip
                size="small"
                color={order.status === 'open' ? 'warning' : 'default'}
                label={t(`app.workOrder.${order.status}`)}
              />
            )}
          />
          <TextField source="result" sortable={false} emptyText="—" />
          <MoneyLink />
          <CloseButton />
        </Datagrid>
      </Rows>
    </List>
  );
}
