import { Box } from '@mui/material';
import { Datagrid, FunctionField, List, TextField, TextInput, useRecordContext, useTranslate } from 'react-admin';
import { formatInstant } from '../components/instant';
import type { AuditEntry } from '../data/contract';

const filters = [
  <TextInput key="action" source="action" alwaysOn resettable />,
  <TextInput key="subject" source="subjectId" alwaysOn resettable />,
];

const Json = ({ value }: { value: unknown }) => (
  <Box
    component="pre"
    sx={{ m: 0, p: 1, fontSize: 12, overflow: 'auto', bgcolor: 'action.hover', borderRadius: 1, flex: 1 }}
  >
    {value === null || value === undefined ? '—' : JSON.stringify(value, null, 2)}
  </Box>
);

function BeforeAndAfter() {
  const entry = useRecordContext<AuditEntry>();
  if (!entry) return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <Json value={entry.before} />
      <Json value={entry.after} />
    </Box>
  );
}

export default function AuditList() {
  const t = useTranslate();
  return (
    <List filters={filters} exporter={false} perPage={50}>
      <Datagrid bulkActionButtons={false} rowClick="expand" expand={<BeforeAndAfter />}>
        <FunctionField label={t('app.audit.at')} render={(entry: AuditEntry) => formatInstant(entry.at)} />
        <FunctionField
          label={t('app.audit.actor')}
          render={(entry: AuditEntry) => entry.actorName ?? entry.actorKind}
        />
        <TextField source="action" sortable={false} />
        <FunctionField
          label={t('app.audit.subject')}
          render={(entry: AuditEntry) => `${entry.subjectKind} ${entry.subjectId ?? ''}`}
        />
        <TextField source="reason" sortable={false} emptyText="—" />
      </Datagrid>
    </List>
  );
}
