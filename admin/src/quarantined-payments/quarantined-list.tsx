import { Alert, Chip, Stack } from '@mui/material';
import { Datagrid, FunctionField, List, TextField, useTranslate } from 'react-admin';
import { formatInstant } from '../components/instant';
import { Money, MoneyField } from '../components/money';
import { type Line, Rows } from '../components/rows';
import type { QuarantinedPayment } from '../data/contract';

type Row = QuarantinedPayment & { readonly id: string };

/** Money that a provider reported and that fits no order of ours: it is in no ledger until a person has looked. */
export default function QuarantinedList() {
  const t = useTranslate();
  const line = (row: Row): Line => ({
    primary: t(`app.quarantine.why.${row.why}`),
    secondary: `${formatInstant(row.paidAt)} · ${row.providerNumber} · ${row.leaseNumber ?? row.orderNumber}`,
    end: <Money fen={row.amountFen} />,
    ...(row.leaseId && { to: `/leases/${row.leaseId}/show` }),
  });
  return (
    <Stack sx={{ gap: 1, pt: 2 }}>
      <Alert severity="info">{t('app.quarantine.help')}</Alert>
      <List exporter={false} perPage={25}>
        <Rows line={line}>
          <Datagrid
            sx={{ '& td, & th': { whiteSpace: 'nowrap' } }}
            bulkActionButtons={false}
            rowClick={(_, __, row) => (row.leaseId ? `/leases/${row.leaseId}/show` : false)}
          >
            <FunctionField label={t('app.payment.paidAt')} render={(row: Row) => formatInstant(row.paidAt)} />
            <FunctionField
              label={t('app.quarantine.reason')}
              render={(row: Row) => <Chip size="small" color="warning" label={t(`app.quarantine.why.${row.why}`)} />}
            />
            <MoneyField source="amountFen" label="app.bill.amount" />
            <FunctionField
              label={t('app.field.channel')}
              render={(row: Row) => t(`app.channel.${row.channel}`, { _: row.channel })}
            />
            <TextField source="providerNumber" label="resources.payments.fields.providerNumber" sortable={false} />
            <TextField source="orderNumber" label="app.quarantine.order" sortable={false} />
            <TextField
              source="leaseNumber"
              label="resources.payments.fields.leaseNumber"
              sortable={false}
              emptyText="—"
            />
          </Datagrid>
        </Rows>
      </List>
    </Stack>
  );
}
