import { Box, Button, Chip, Link } from '@mui/material';
import {
  Datagrid,
  FunctionField,
  List,
  SelectInput,
  useListContext,
  useListFilterContext,
  useLocaleState,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { AUDIT_ACTIONS } from '../../../contract/http/audit-text';
import { formatInstant } from '../components/instant';
import { type Line, Rows } from '../components/rows';
import type { AuditEntry } from '../data/contract';
import { actionText, type Language, reasonText } from './audit-text';

const PAGE_OF: Readonly<Record<string, (id: string) => string>> = {
  lease: (id) => `/leases/${id}/show`,
  community: (id) => `/communities/${id}`,
  workOrder: () => '/work-orders',
  price: () => '/prices',
  operator: () => '/policy',
};

function Subject({ entry }: { entry: AuditEntry }) {
  const t = useTranslate();
  const { subjectKind, subjectId, subjectName } = entry;
  const name = `${t(`app.subjectKind.${subjectKind}`, { _: subjectKind })} ${subjectName ?? ''}`;
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

function useLanguage(): Language {
  const [locale] = useLocaleState();
  return locale === 'en' ? 'en' : 'zh';
}

function ActionSelect(props: { source: string; alwaysOn?: boolean }) {
  const language = useLanguage();
  const choices = Object.entries(AUDIT_ACTIONS).map(([id, name]) => ({ id, name: name[language] }));
  return <SelectInput {...props} choices={choices} translateChoice={false} />;
}

const filters = [
  <ActionSelect key="action" source="action" alwaysOn />,
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
  const language = useLanguage();
  const actor = (entry: AuditEntry) => entry.actorName ?? t(`app.actorKind.${entry.actorKind}`, { _: entry.actorKind });
  const line = (entry: AuditEntry): Line => ({
    primary: actionText(t, language, entry),
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
            render={(entry: AuditEntry) => actionText(t, language, entry)}
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
