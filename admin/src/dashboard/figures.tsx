import { Box, Card, CardActionArea, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { formatYuan } from '../components/yuan';
import type { Overview } from '../data/contract';

type Figure = { readonly name: string; readonly value: string; readonly to: string; readonly alarm: boolean };

/** A list's address with its filter set, as react-admin reads it. */
const listWith = (resource: string, filter: Record<string, string>): string =>
  `/${resource}?${new URLSearchParams({ filter: JSON.stringify(filter), displayedFilters: JSON.stringify(Object.fromEntries(Object.keys(filter).map((k) => [k, true]))) })}`;

const figuresOf = (o: Overview): Figure[] => [
  { name: 'awaitingApproval', value: `${o.awaitingApproval}`, to: '/approvals', alarm: o.awaitingApproval > 0 },
  {
    name: 'overdue',
    value: formatYuan(o.overdueFen),
    to: listWith('bills', { overdue: 'true' }),
    alarm: o.overdueFen > 0,
  },
  {
    name: 'restricted',
    value: `${o.restricted}`,
    to: listWith('leases', { enforcement: 'restricted' }),
    alarm: o.restricted > 0,
  },
  { name: 'workOrders', value: `${o.openWorkOrders}`, to: '/work-orders', alarm: o.openWorkOrders > 0 },
  { name: 'occupied', value: `${o.occupied} / ${o.rooms}`, to: '/rooms', alarm: false },
  { name: 'open', value: formatYuan(o.openFen), to: listWith('bills', { open: 'true' }), alarm: false },
];

/** The numbers of today; each leads to the list behind it. */
export function Figures({ overview }: { overview: Overview | undefined }) {
  const t = useTranslate();
  const navigate = useNavigate();
  if (!overview) return <Skeleton variant="rounded" height={110} />;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))' }}>
      {figuresOf(overview).map(({ name, value, to, alarm }) => (
        <Card key={name} variant="outlined" sx={{ borderColor: alarm ? 'error.main' : 'divider' }}>
          <CardActionArea onClick={() => navigate(to)} sx={{ p: 2 }}>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {t(`app.dashboard.${name}`)}
            </Typography>
            <Typography
              variant="h5"
              component="p"
              sx={{ color: alarm ? 'error.main' : 'text.primary', whiteSpace: 'nowrap', fontSize: 22 }}
            >
              {value}
            </Typography>
          </CardActionArea>
        </Card>
      ))}
    </Box>
  );
}
