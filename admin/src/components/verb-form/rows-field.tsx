import Close from '@mui/icons-material/Close';
import { Button, IconButton, Stack, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { wrongCell } from './values';
import type { Column, Field } from './verb';

type Row = Readonly<Record<string, string>>;
/** `errors`: what the API said, by `row.column` as it was sent. */
type Props = {
  field: Field;
  rows: readonly Row[];
  errors: Readonly<Record<string, string>>;
  change: (rows: readonly Row[]) => void;
};
type CellProps = { column: Column; row: Row; error: string | undefined; change: (row: Row) => void };

function Cell({ column, row, error, change }: CellProps) {
  const t = useTranslate();
  const typed = row[column.name] !== undefined && wrongCell(column, row);
  const wrong = error ?? (typed ? t(typed) : undefined);
  return (
    <TextField
      size="small"
      margin="dense"
      label={t(column.label)}
      type={column.kind === 'day' ? 'date' : 'text'}
      value={row[column.name] ?? ''}
      error={wrong !== undefined}
      helperText={wrong}
      onChange={(event) => change({ ...row, [column.name]: event.target.value })}
      slotProps={{ inputLabel: column.kind === 'day' ? { shrink: true } : {} }}
      sx={{ flex: column.kind === 'text' ? 2 : 1 }}
    />
  );
}

/** A short list that a person types: damages, instalments. */
export function RowsField({ field, rows, errors, change }: Props) {
  const t = useTranslate();
  const replace = (at: number, row: Row) => change(rows.map((old, i) => (i === at ? row : old)));
  return (
    <Stack sx={{ mt: 1 }}>
      <Typography variant="subtitle2">{t(field.label)}</Typography>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <Stack key={at} direction="row" sx={{ gap: 1, alignItems: 'center' }}>
          {(field.columns ?? []).map((column) => (
            <Cell
              key={column.name}
              column={column}
              row={row}
              error={errors[`${at}.${column.sentAs ?? column.name}`]}
              change={(next) => replace(at, next)}
            />
          ))}
          <IconButton aria-label={t('app.action.removeRow')} onClick={() => change(rows.filter((_, i) => i !== at))}>
            <Close fontSize="small" />
          </IconButton>
        </Stack>
      ))}
      <Button onClick={() => change([...rows, {}])} sx={{ alignSelf: 'flex-start' }}>
        {t('app.action.addRow')}
      </Button>
    </Stack>
  );
}
