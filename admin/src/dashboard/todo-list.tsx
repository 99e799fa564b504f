import { List, ListItemButton, ListItemText, Skeleton, Typography } from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { Panel } from '../components/panel';

type Row = { readonly id: string; readonly primary: string; readonly secondary: string; readonly to: string };
type TodoProps<T> = {
  title: string;
  resource: string;
  filter?: Record<string, string>;
  row: (record: T) => Row;
};

/** The first few records that wait for someone, each with the way to where it is dealt with. */
export function TodoList<T extends { id: string }>({ title, resource, filter = {}, row }: TodoProps<T>) {
  const t = useTranslate();
  const navigate = useNavigate();
  const waiting = useGetList<T>(resource, { pagination: { page: 1, perPage: 6 }, filter }, { refetchInterval: 15_000 });
  return (
    <Panel title={title}>
      {waiting.isPending && <Skeleton variant="rounded" height={60} />}
      {waiting.error && <Typography color="error">{t(waiting.error.message, { _: waiting.error.message })}</Typography>}
      {waiting.data?.length === 0 && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('app.dashboard.nothing')}
        </Typography>
      )}
      <List disablePadding>
        {waiting.data?.map(row).map(({ id, primary, secondary, to }) => (
          <ListItemButton key={id} onClick={() => navigate(to)} sx={{ borderRadius: 1 }}>
            <ListItemText primary={primary} secondary={secondary} />
          </ListItemButton>
        ))}
      </List>
    </Panel>
  );
}
