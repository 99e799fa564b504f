import { ApiError } from './http';

/** What the API said of single fields, by their place in the body; nothing for any other error. */
export const fieldErrorsOf = (error: unknown): Readonly<Record<string, string>> =>
  error instanceof ApiError ? (error.body.errors ?? {}) : {};

type Sent = { readonly name: string; readonly sentAs?: string | undefined };

/** Errors by the name of the form's field that they belong to, `damages.0.text` under the field that sends `damages`; what fits no field is `rest`. */
export function errorsByField(
  fields: readonly Sent[],
  errors: Readonly<Record<string, string>>,
): { readonly of: Readonly<Record<string, Readonly<Record<string, string>>>>; readonly rest: readonly string[] } {
  const of: Record<string, Record<string, string>> = {};
  const rest: string[] = [];
  for (const [path, message] of Object.entries(errors)) {
    const field = fields.find(({ name, sentAs = name }) => path === sentAs || path.startsWith(`${sentAs}.`));
    if (!field) rest.push(message);
    else of[field.name] = { ...of[field.name], [path.slice((field.sentAs ?? field.name).length + 1)]: message };
  }
  return { of, rest };
}
