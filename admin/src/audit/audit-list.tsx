import { Box, Button, Chip, Link } from '@mui/material';
import {
  Datagrid,
  FunctionField,
  List,
  RecordContextProvider,
  ReferenceField,
  SelectInput,
  TextField,
  useListContext,
  useListFilterContext,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { formatInstant } from '../components/instant';
import { type Line, Rows } from '../components/rows';
import type { AuditEntry, LeaseRow } from '../data/contract';
import { ACTIONS, actionText, nameIn, reasonText } from './audit-text';

const PAGE_OF: Readonly<Record<string, (id: string) => string>> = {
  lease: (id) => `/leases/${id}/show`,
  community: (id) => `/communities/${id}`,
  workOrder: () => '/work-orders',
  price: () => '/prices',
  operator: () => '/policy',
};

/** Room and tenant of a lease, the name of a tenant: audit rows keep ids only, since names change. */
function NameOf({ kind }: { kind: string }) {
  if (kind === 'lease')
    return (
      <ReferenceField source="subjectId" reference="leases" link={false}>
        <FunctionField render={(lease: LeaseRow) => `${lease.roomName} ${lease.tenantName}`} />
      </ReferenceField>
    );
  if (kind === 'tenant')
    return (
      <ReferenceField source="subjectId" reference="tenants" link={false}>
        <TextField source="name" />
      </ReferenceField>
    );
  return null;
}

function Subject({ entry }: { entry: AuditEntry }) {
  const t = useTranslate();
  const { subjectKind, subjectId, subjectName } = entry;
  const name = (
    <RecordContextProvider value={entry}>
      {t(`app.subjectKind.${subjectKind}`, { _: subjectKind })}{' '}
      {subjectName ?? nameIn(entry) ?? (subjectId ? <NameOf kind={subjectKind} /> : null)}
    </RecordContextProvider>
  );
  const page = subjectId && PAGE_OF[subjectKind]?.(subjectId);
  return page ? <Link href={`#${page}`}>{name}</Link> : name;
}

/** Set by the button in a row, never typed; says whose entries are shown and takes itself away. */
function SubjectFilter(_: { source: string; alwaysOn?: boolean }) {
  const { data } = useListContext<AuditEntry>();
  const { filterValues, setFilters } = useListFilterContext();
  const { subjectId, ...others } = filterValues;
  if (!subjectId) return null;
  const entry = data?.find((row) => row.subjectId === subjectId);
  return (
    <Chip label={entry ? <Subject entry={entry} /> : '…'} onDelete={() => setFilters(others, {})} sx={{ mb: 1 }} />
  );
}

const actionChoices = ACTIONS.map((id) => ({ id, name: `app.auditAction.${id}` }));
const filters = [
  <SelectInput key="action" source="action" choices={actionChoices} alwaysOn />,
  <SubjectFilter key="subject" source="subjectId" alwaysOn />,
];

const Json = ({ value }: { value: unknown }) => (
  <Box
    component="pre"
    sx={{ m: 0, p: 1, fontSize: 12, overflow: 'auto', bgcolor: 'action.hover', borderRadius: 1, flex: 1 }}
  >
    {value === null || value === undefined ? '—' : JSON.stringify(value, null, 2)}
  </Box>
);

function Details() {
  const t = useTranslate();
  const entry = useRecordContext<AuditEntry>();
  const { filterValues, setFilters } = useListFilterContext();
  if (!entry) return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <Json value={entry.before} />
      <Json value={entry.after} />
      <Button size="small" onClick={() => setFilters({ ...filterValues, subjectId: entry.subjectId }, {})}>
        {t('app.audit.only')}
      </Button>
    </Box>
  );
}

export default function AuditList() {
  const t = useTranslate();
  const actor = (entry: AuditEntry) => entry.actorName ?? t(`app.actorKind.${entry.actorKind}`, { _: entry.actorKind });
  const line = (entry: AuditEntry): Line => ({
    primary: actionText(t, entry),
    secondary: (
      <>
        {formatInstant(entry.at)} · {actor(entry)} · <Subject entry={entry} />
        {entry.reason && <div>{reasonText(t, entry)}</div>}
      </>
    ),
  });
  return (
    <List filters={filters} exporter={false} perPage={50}>
      <Rows line={line}>
        <Datagrid bulkActionButtons={false} rowClick="expand" expand={<Details />}>
          <FunctionField label={t('app.audit.at')} render={(entry: AuditEntry) => formatInstant(entry.at)} />
          <FunctionField label={t('app.audit.actor')} render={actor} />
          <FunctionField
            label={t('resources.audit-entries.fields.action')}
            render={(entry: AuditEntry) => actionText(t, entry)}
          />
          <FunctionField label={t('app.audit.subject')} render={(entry: AuditEntry) => <Subject entry={entry} />} />
          <FunctionField
            label={t('resources.audit-entries.fields.reason')}
            render={(entry: AuditEntry) => reasonText(t, entry)}
          />
        </Datagrid>
      </Rows>
    </List>
  );
}
