import { MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Lease } from '../../data/contract';
import { useData } from '../use-app';
import { formatYuan } from '../yuan';
import { CoTenantsField } from './co-tenants-field';
import { RowsField } from './rows-field';
import { rowsOf, textOf, wrongField } from './values';
import type { Field, Values } from './verb';

export type FieldProps = {
  field: Field;
  lease: Lease;
  values: Values;
  /** What the API said of this field; of a list by `row.column`. */
  errors: Readonly<Record<string, string>>;
  set: (name: string, value: Values[string]) => void;
};
type Option = { readonly value: string; readonly label: string };

const INPUT_TYPE = { day: 'date' } as const;

/** What is wrong with the field, in words: the API's, or our own once something was typed or the field was left. */
function useWrong({ field, values, errors }: FieldProps) {
  const t = useTranslate();
  const [left, setLeft] = useState(false);
  const own = left || textOf(values, field.name) !== '' ? wrongField(field, values) : undefined;
  return { wrong: errors[''] ?? (own && t(own)), leave: () => setLeft(true) };
}

function Plain(props: FieldProps & { options?: readonly Option[] }) {
  const { field, values, set, options } = props;
  const t = useTranslate();
  const { wrong, leave } = useWrong(props);
  const type: string = INPUT_TYPE[field.kind as keyof typeof INPUT_TYPE] ?? 'text';
  return (
    <TextField
      fullWidth
      margin="dense"
      name={field.name}
      label={t(field.label)}
      required={!field.optional}
      type={type}
      select={options !== undefined}
      value={textOf(values, field.name) === '' ? '' : (values[field.name] ?? '')}
      onChange={(event) => set(field.name, event.target.value)}
      onBlur={leave}
      error={wrong !== undefined}
      helperText={wrong ?? (field.help ? t(field.help) : undefined)}
      slotProps={{
        inputLabel: type === 'text' ? {} : { shrink: true },
        htmlInput: field.kind === 'money' ? { inputMode: 'decimal' } : {},
      }}
    >
      {options?.map(({ value, label }) => (
        <MenuItem key={value} value={value}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
}

function VacantRoomField(props: FieldProps) {
  const data = useData();
  const communityId = props.lease.communityId;
  const query = { communityId, state: 'vacant' };
  const rooms = useQuery({ queryKey: ['board', query], queryFn: () => data.board(query) });
  const options = (rooms.data ?? []).map((room) => ({ value: room.id, label: `${room.buildingName} ${room.code}` }));
  return <Plain {...props} options={options} />;
}

function OpenBillField(props: FieldProps) {
  const data = useData();
  const t = useTranslate();
  const bills = useQuery({
    queryKey: ['leases', props.lease.id, 'bills'],
    queryFn: () => data.leaseBills(props.lease.id),
  });
  const options = (bills.data ?? [])
    .filter((bill) => bill.kind === 'lateFee' && bill.openFen > 0)
    .map((bill) => ({
      value: bill.key,
      label: `${t(`app.billKind.${bill.kind}`)} ${bill.dueOn} ${formatYuan(bill.openFen)}`,
    }));
  return <Plain {...props} options={options} />;
}

function SelectField(props: FieldProps) {
  const t = useTranslate();
  const options = (props.field.options ?? []).map(({ value, label }) => ({ value, label: t(label, { _: label }) }));
  return <Plain {...props} options={options} />;
}

/** One field of a verb's form, by its kind. */
export function VerbField(props: FieldProps) {
  const { field, values, errors, set } = props;
  const change = (rows: readonly Readonly<Record<string, string>>[]) => set(field.name, rows);
  if (field.kind === 'rows')
    return <RowsField field={field} rows={rowsOf(values, field.name)} errors={errors} change={change} />;
  if (field.kind === 'coTenants') return <CoTenantsField rows={rowsOf(values, field.name)} change={change} />;
  if (field.kind === 'vacantRoom') return <VacantRoomField {...props} />;
  if (field.kind === 'openBill') return <OpenBillField {...props} />;
  return field.kind === 'select' ? <SelectField {...props} /> : <Plain {...props} />;
}
