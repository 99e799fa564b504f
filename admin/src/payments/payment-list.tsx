import { Chip } from '@mui/material';
import { Datagrid, FunctionField, List, SelectInput, TextField, useTranslate } from 'react-admin';
import { formatInstant } from '../components/instant';
import { Money, MoneyField } from '../components/money';
import { type Line, Rows } from '../components/rows';
import type { Payment } from '../data/contract';

const statusChoices = ['stored', 'applied'].map((id) => ({ id, name: `app.paymentStatus.${id}` }));
const filters = [<SelectInput key="status" source="status" choices={statusChoices} alwaysOn />];

const line = (payment: Payment): Line => ({
  primary: payment.leaseNumber,
  secondary: `${formatInstant(payment.paidAt)} · ${payment.providerNumber}`,
  end: <Money fen={payment.amountFen} />,
  to: `/leases/${payment.leaseId}/show`,
});

/** Stored money has come but is not in the ledger yet; it should not stay so for longer than a moment. */
export default function PaymentList() {
  const t = useTranslate();
  return (
    <List filters={filters} exporter={false} perPage={25}>
      <Rows line={line}>
        <Datagrid
          sx={{ '& td, & th': { whiteSpace: 'nowrap' } }}
          bulkActionButtons={false}
          rowClick={(_, __, payment) => `/leases/${payment.leaseId}/show`}
        >
          <FunctionField label={t('app.payment.paidAt')} render={(p: Payment) => formatInstant(p.paidAt)} />
          <TextField source="leaseNumber" sortable={false} />
          <FunctionField
            label={t('app.field.channel')}
            render={(p: Payment) => t(`app.channel.${p.channel}`, { _: p.channel })}
          />
          <TextField source="providerNumber" sortable={false} />
          <MoneyField source="amountFen" label="app.bill.amount" />
          <FunctionField
            label={t('app.payment.status')}
            render={(p: Payment) => (
              <Chip
                size="small"
                color={p.status === 'stored' ? 'warning' : 'default'}
                label={t(`app.paymentStatus.${p.status}`, { _: p.status })}
              />
            )}
          />
        </Datagrid>
      </Rows>
    </List>
  );
}
