import { parseYuan } from '../yuan';
import type { Field, Values } from './verb';

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

const cellOk = (kind: string, text: string): boolean =>
  kind === 'money'
    ? (parseYuan(text) ?? 0) > 0
    : kind === 'day'
      ? /^\d{4}-\d{2}-\d{2}$/.test(text)
      : text.trim() !== '';

function fieldOk(field: Field, values: Values): boolean {
  if (field.kind === 'coTenants') return true; // nobody is an answer too
  if (field.kind === 'rows') {
    const rows = rowsOf(values, field.name);
    const complete = rows.every((row) => (field.columns ?? []).every((c) => cellOk(c.kind, row[c.name] ?? '')));
    return complete && (rows.length > 0 || field.optional === true);
  }
  const text = textOf(values, field.name);
  return text === '' ? field.optional === true : cellOk(field.kind, text);
}

/** Whether the form can be sent: a first check for the person's sake, the API checks everything again. */
export const isComplete = (fields: readonly Field[], values: Values): boolean =>
  fields.every((field) => fieldOk(field, values));
