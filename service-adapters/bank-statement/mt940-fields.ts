import { BrokenStatement } from './statement';

export type Field = { readonly line: number; readonly tag: string; readonly text: string };

/** Fields in their order; what stands on further lines of a field follows a line break. An envelope `{1:…}{4:` … `-}` is taken off. */
export function fieldsOf(text: string): Field[] {
  const fields: { line: number; tag: string; text: string }[] = [];
  for (const [i, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const row = raw.replace(/^(\{[123]:[^}]*\})*(\{4:)?/, '');
    const [, tag, rest = ''] = /^:(\d\d[A-Z]?):(.*)$/.exec(row) ?? [];
    const last = fields.at(-1);
    if (tag !== undefined) fields.push({ line: i + 1, tag, text: rest });
    else if (/^(-\}?.*)?$/.test(row) || row.startsWith('{5:')) continue;
    else if (last) last.text += `\n${row}`;
    else throw new BrokenStatement(i + 1, '不是 MT940 字段', 'no field of an MT940');
  }
  return fields;
}

/** What a payer's bank says in field 86, whichever of the usual forms it keeps to. */
export type Details = { readonly name: string; readonly account: string; readonly remark: string };

const joined = (text: string): string => text.replaceAll('\n', '');

/** `166?00…?20…?32NAME`: subfields of two digits; 20-29 and 60-63 the remark, 31 the account, 32-33 the name. */
function subfields(text: string): Details {
  const [, ...parts] = joined(text).split(/\?(?=\d\d)/);
  const by = (wanted: RegExp) =>
    parts
      .filter((part) => wanted.test(part.slice(0, 2)))
      .map((part) => part.slice(2))
      .join('');
  return { name: by(/^3[23]$/), account: by(/^31$/), remark: by(/^(2\d|6[0-3])$/) };
}

/** `/ORDP//NAME/…/ACCT/…/REMI/…`: code words between slashes. */
function codeWords(text: string): Details {
  const parts = joined(text).split(/\/(NAME|ORDP|BENM|ACCT|IBAN|REMI|PREF|EREF|PURP|RREF|ADDR|USTD)\/+/);
  const by = (word: string) => parts[parts.indexOf(word) + 1] ?? '';
  const of = (word: string) => (parts.includes(word) ? by(word).replace(/\/+$/, '') : '');
  return { name: of('NAME') || of('ORDP'), account: of('ACCT') || of('IBAN'), remark: of('REMI') || of('USTD') };
}

/** Where no form is recognised, all of the text is the remark and nobody is named. */
export function detailsOf(text: string): Details {
  if (/^\d{0,3}\?\d\d/.test(text)) return subfields(text);
  if (/\/(NAME|ORDP|REMI|ACCT)\//.test(text)) return codeWords(text);
  return { name: '', account: '', remark: text.replaceAll('\n', ' ') };
}
