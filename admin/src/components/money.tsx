import { Box } from '@mui/material';
import { useRecordContext } from 'react-admin';
import { formatYuan } from './yuan';

/** `alarm` paints an amount above zero red: money that is overdue. */
export function Money({ fen, alarm = false }: { fen: number; alarm?: boolean }) {
  const color = alarm && fen > 0 ? 'error.main' : fen < 0 ? 'success.dark' : 'inherit';
  return (
    <Box component="span" sx={{ color, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatYuan(fen)}
    </Box>
  );
}

export function MoneyField({ source, alarm = false }: { source: string; label?: string; alarm?: boolean }) {
  const record = useRecordContext();
  return <Money fen={Number(record?.[source] ?? 0)} alarm={alarm} />;
}
