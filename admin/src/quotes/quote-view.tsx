import { Stack, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { DraftBills } from '../components/draft-bills';
import { Money } from '../components/money';
import { Facts } from '../components/panel';
import type { Quote } from '../data/contract';

function Lines({ lines }: { lines: Quote['lines'] }) {
  return (
    <Table size="small">
      <TableBody>
        {lines.map((line) => (
          <TableRow key={`${line.label}/${line.explain}`}>
            <TableCell>{line.label}</TableCell>
            <TableCell sx={{ color: 'text.secondary' }}>{line.explain}</TableCell>
            <TableCell align="right">
              <Money fen={line.amountFen} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function QuoteView({ quote }: { quote: Quote }) {
  const t = useTranslate();
  return (
    <Stack sx={{ gap: 1.5 }} data-testid="quote">
      <Stack
        direction="row"
        sx={{ justifyContent: 'space-between', alignItems: 'baseline' }}
        data-testid="first-payment"
      >
        <Typography variant="subtitle1">{t('app.quote.firstBill')}</Typography>
        <Typography variant="h5" component="span" sx={{ fontWeight: 600 }}>
          <Money fen={quote.firstBillFen} />
        </Typography>
      </Stack>
      <Facts
        items={[
          [t('app.quote.deposit'), <Money key="deposit" fen={quote.depositFen} />],
          [t('app.quote.total'), <Money key="total" fen={quote.totalFen} />],
        ]}
      />
      <Lines lines={quote.lines} />
      <DraftBills bills={quote.bills} />
    </Stack>
  );
}
