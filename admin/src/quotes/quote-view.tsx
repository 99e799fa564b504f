import { Stack, Table, TableBody, TableCell, TableRow } from '@mui/material';
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
      <Facts
        items={[
          [t('app.quote.firstBill'), <Money key="first" fen={quote.firstBillFen} />],
          [t('app.quote.deposit'), <Money key="deposit" fen={quote.depositFen} />],
          [t('app.quote.total'), <Money key="total" fen={quote.totalFen} />],
        ]}
      />
      <Lines lines={quote.lines} />
      <DraftBills bills={quote.bills} />
    </Stack>
  );
}
