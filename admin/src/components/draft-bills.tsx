import ExpandMore from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { DraftBill } from '../data/contract';
import { BillLines } from './bill-lines';
import { Money } from './money';
import { periodText } from './period';

/** Bills that do not exist yet: of a quote or of a dry run. A negative total becomes credit. */
export function DraftBills({ bills }: { bills: readonly DraftBill[] }) {
  const t = useTranslate();
  if (bills.length === 0) return <Typography variant="body2">{t('app.bill.noneNew')}</Typography>;
  return (
    <div>
      {bills.map((bill, i) => (
        <Accordion key={bill.key} disableGutters variant="outlined" defaultExpanded={i === 0}>
          <AccordionSummary expandIcon={<ExpandMore />}>
            <Stack
              direction="row"
              sx={{ width: '100%', justifyContent: 'space-between', pr: 1, gap: 1, flexWrap: 'wrap' }}
            >
              <span>
                {t(`app.billKind.${bill.kind}`)} {periodText(bill.periodFrom, bill.periodUntil)}
              </span>
              <span>
                {t('app.bill.dueOn')} {bill.dueOn}　<Money fen={bill.totalFen} />
              </span>
            </Stack>
          </AccordionSummary>
          <AccordionDetails sx={{ overflowX: 'auto' }}>
            <BillLines lines={bill.lines} />
          </AccordionDetails>
        </Accordion>
      ))}
    </div>
  );
}
