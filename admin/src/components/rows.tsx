import { List, ListItem, ListItemButton, ListItemText, Skeleton, type Theme, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';
import { type RaRecord, RecordContextProvider, useListContext, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';

/** A record on a phone: two lines, something at the right, and where a tap leads. */
export type Line = {
  readonly primary: ReactNode;
  readonly secondary: ReactNode;
  readonly end?: ReactNode;
  readonly to?: string;
};

function PhoneRow({ line: { primary, secondary, end, to } }: { line: Line }) {
  const navigate = useNavigate();
  const content = (
    <>
      <ListItemText
        primary={primary}
        secondary={secondary}
        slotProps={{ secondary: { component: 'div' } }}
        sx={{ overflowWrap: 'anywhere', mr: 1 }}
      />
      <div style={{ textAlign: 'right', flexShrink: 0 }}>{end}</div>
    </>
  );
  return to ? (
    <ListItem disablePadding divider>
      <ListItemButton onClick={() => navigate(to)}>{content}</ListItemButton>
    </ListItem>
  ) : (
    <ListItem divider>{content}</ListItem>
  );
}

function PhoneRows<T extends RaRecord>({ line }: { line: (record: T) => Line }) {
  const t = useTranslate();
  const { data, error, isPending } = useListContext<T>();
  if (isPending) return <Skeleton variant="rounded" height={160} sx={{ m: 2 }} />;
  if (error) return <ListItem>{t(error.message, { _: error.message })}</ListItem>;
  if (!data?.length) return <ListItem>{t('app.empty.list')}</ListItem>;
  return (
    <List disablePadding>
      {data.map((record) => (
        <RecordContextProvider key={record.id} value={record}>
          <PhoneRow line={line(record)} />
        </RecordContextProvider>
      ))}
    </List>
  );
}

type RowsProps<T extends RaRecord> = { line: (record: T) => Line; children: ReactNode };

/** The table of a list (`children`); on a phone, where a table would be cut off, a line per record. */
export function Rows<T extends RaRecord>({ line, children }: RowsProps<T>) {
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return phone ? <PhoneRows line={line} /> : children;
}
