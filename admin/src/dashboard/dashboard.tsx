import { Alert, Box, Button, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useData, useMay } from '../components/use-app';
import { formatYuan } from '../components/yuan';
import type { Approval, BillRow, Payment, WorkOrder } from '../data/contract';
import { Figures } from './figures';
import { TodoList } from './todo-list';

const leaseOf = (leaseId: string | null): string => (leaseId ? `/leases/${leaseId}/show` : '/work-orders');

function Todos() {
  const t = useTranslate();
  const mayDo = useMay();
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))',
        alignItems: 'start',
      }}
    >
      <TodoList<Approval & { id: string }>
        title={t('resources.approvals.name')}
        resource="approvals"
        row={(a) => ({
          id: a.id,
          primary: `${t(`app.approvalKind.${a.kind}`)} · ${a.roomName} ${a.tenantName}`,
          secondary: `${a.startsOn} – ${a.endsOn}　${formatYuan(a.amountFen)}`,
          to: leaseOf(a.leaseId),
        })}
      />
      {mayDo('bill.read') && (
        <TodoList<BillRow>
          title={t('app.dashboard.overdueBills')}
          resource="bills"
          filter={{ overdue: 'true' }}
          row={(b) => ({
            id: b.id,
            primary: `${b.roomName} ${b.tenantName}`,
            secondary: `${t('app.bill.dueOn')} ${b.dueOn}　${formatYuan(b.openFen)}`,
            to: leaseOf(b.leaseId),
          })}
        />
      )}
      {mayDo('workOrder.read') && (
        <TodoList<WorkOrder>
          title={t('resources.work-orders.name', 2)}
          resource="work-orders"
          filter={{ status: 'open' }}
          row={(w) => ({ id: w.id, primary: w.title, secondary: w.roomName ?? '', to: leaseOf(w.leaseId) })}
        />
      )}
      {mayDo('bill.read') && (
        <TodoList<Payment>
          title={t('app.dashboard.unapplied')}
          resource="payments"
          filter={{ status: 'stored' }}
          row={(p) => ({
            id: p.id,
            primary: `${p.leaseNumber} ${formatYuan(p.amountFen)}`,
            secondary: p.providerNumber,
            to: leaseOf(p.leaseId),
          })}
        />
      )}
    </Box>
  );
}

/** Today: what needs me. */
export default function Dashboard() {
  const t = useTranslate();
  const data = useData();
  const navigate = useNavigate();
  const mayDo = useMay();
  const overview = useQuery({ queryKey: ['overview'], queryFn: () => data.overview(), refetchInterval: 15_000 });
  const empty = overview.data?.rooms === 0;
  return (
    <Stack sx={{ gap: 2, py: 2 }}>
      <Title title={t('ra.page.dashboard')} />
      {overview.error && <Alert severity="error">{t(overview.error.message, { _: overview.error.message })}</Alert>}
      {empty && mayDo('import.run') && (
        <Alert
          severity="info"
          action={<Button onClick={() => navigate('/imports')}>{t('resources.imports.name')}</Button>}
        >
          {t('app.empty.communities')}
        </Alert>
      )}
      <Figures overview={overview.data} />
      <Todos />
    </Stack>
  );
}
