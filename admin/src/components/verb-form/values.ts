import { parseYuan } from '../yuan';
import type { Column, Field, Values } from './verb';

export const textOf = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** undefined for an optional field that was left empty. */
export const fenOf = (values: Values, name: string): number | undefined => parseYuan(textOf(values, name));

export const rowsOf = (values: Values, name: string): readonly Readonly<Record<string, string>>[] => {
  const value = values[name];
  return Array.isArray(value) ? value : [];
};

/** Message key of what is wrong with a typed text; undefined: nothing. */
function wrongWith({ kind }: Pick<Field | Column, 'kind'>, text: string): string | undefined {
  if (text.trim() === '') return 'ra.validation.required';
  if (kind === 'money') return (parseYuan(text) ?? 0) > 0 ? undefined : 'app.field.amountInvalid';
  if (kind === 'day') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? undefined : 'app.field.dayInvalid';
  return undefined;
}

export const wrongCell = (column: Column, row: Readonly<Record<string, string>>): string | undefined =>
  wrongWith(column, row[column.name] ?? '');

/** What is wrong with a plain field as it stands; an optional one may be empty. */
export function wrongField(field: Field, values: Values): string | undefined {
  const text = textOf(values, field.name);
  return text === '' && field.optional ? undefined : wrongWith(field, text);
}

function fieldOk(field: Field, values: Values): boolean {
  if (field.kind === 'coTenants') return true; // nobody is an answer too
  if (field.kind === 'rows') {
    const rows = rowsOf(values, field.name);
    const complete = rows.every((row) => (field.columns ?? []).every((column) => !wrongCell(column, row)));
    return complete && (rows.length > 0 || field.optional === true);
  }
  return wrongField(field, values) === undefined;
}

/** Whether the form can be sent: a first check for the person's sake, the API checks everything again. */
export const isComplete = (fields: readonly Field[], values: Values): boolean =>
  fields.every((field) => fieldOk(field, values));
