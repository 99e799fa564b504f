import { Chip, Link, Stack, Typography } from '@mui/material';
import { Datagrid, FunctionField, List, SelectInput, TextField, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { MoneyField } from '../components/money';
import { type Line, Rows } from '../components/rows';
import { formatYuan } from '../components/yuan';
import type { BankLine } from '../data/contract';
import { DecideButtons } from './decide-button';
import { Fits } from './lease-picker';
import { UploadPanel } from './upload-panel';

const STATES = ['unmatched', 'matched', 'assigned', 'dismissed', 'outgoing'] as const;
const COLOURS = { unmatched: 'warning', matched: 'success', assigned: 'success', dismissed: 'default' } as const;

const filters = [
  <SelectInput
    key="state"
    source="state"
    choices={STATES.map((id) => ({ id, name: `app.bank.state.${id}` }))}
    alwaysOn
  />,
];

const payerOf = ({ payerName, payerTail }: BankLine): string =>
  payerTail === '' ? payerName || '—' : `${payerName || '—'} (…${payerTail})`;

const State = ({ of: { state } }: { of: BankLine }) => {
  const t = useTranslate();
  const color = state === 'outgoing' ? 'default' : COLOURS[state];
  return <Chip size="small" color={color} label={t(`app.bank.state.${state}`)} />;
};

const To = ({ leaseId, children }: { leaseId: string; children: string }) => (
  <Link component={RouterLink} to={`/leases/${leaseId}/show`}>
    {children}
  </Link>
);

/** Where the money went or may belong, and why. */
function Whose({ line }: { line: BankLine }) {
  const t = useTranslate();
  if (line.leaseId)
    return (
      <>
        <To leaseId={line.leaseId}>{line.leaseNumber ?? line.leaseId}</To>
        <Typography variant="body2" color="text.secondary">
          {line.rule ? t(`app.bank.rule.${line.rule}`) : line.reason}
        </Typography>
      </>
    );
  const [best, ...others] = line.proposals;
  return (
    <>
      {line.why ? t(`app.bank.why.${line.why}`) : line.reason}
      {best && (
        <Typography variant="body2" color="text.secondary" component="div">
          <To leaseId={best.leaseId}>{`${best.roomName} · ${best.tenantName}`}</To> · <Fits of={best} />
          {others.length > 0 && ` ${t('app.bank.others', { count: others.length })}`}
        </Typography>
      )}
    </>
  );
}

const line = (row: BankLine): Line => ({
  primary: `${row.bookedOn} · ${payerOf(row)} · ${formatYuan(row.amountFen)}`,
  secondary: (
    <>
      {row.remark} <State of={row} /> <Whose line={row} />
    </>
  ),
  end: <DecideButtons />,
});

function Lines() {
  const t = useTranslate();
  return (
    <List
      exporter={false}
      perPage={25}
      filters={filters}
      filterDefaultValues={{ state: 'unmatched' }}
      sx={{ '& .RaList-main': { minWidth: 0 }, '& .RaList-content': { overflowX: 'auto' } }}
    >
      <Rows line={line}>
        <Datagrid bulkActionButtons={false} rowClick={false} sx={{ '& td, & th': { px: 1 } }}>
          <TextField
            source="bookedOn"
            label="app.bank.column.bookedOn"
            sortable={false}
            sx={{ whiteSpace: 'nowrap' }}
          />
          <MoneyField source="amountFen" label="app.bank.column.amount" />
          <FunctionField label={t('app.bank.column.payer')} render={(row: BankLine) => payerOf(row)} />
          <TextField source="remark" label="app.bank.column.remark" sortable={false} emptyText="—" />
          <FunctionField label={t('resources.leases.fields.status')} render={(row: BankLine) => <State of={row} />} />
          <FunctionField label={t('app.bank.column.outcome')} render={(row: BankLine) => <Whose line={row} />} />
          <DecideButtons />
        </Datagrid>
      </Rows>
    </List>
  );
}

/** Statements come in at the top; below stands what of them waits for a person. */
export default function BankLineList() {
  return (
    <Stack sx={{ gap: 2, py: 2 }}>
      <UploadPanel />
      <Lines />
    </Stack>
  );
}
