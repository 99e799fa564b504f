import type { BankLine } from '../../domain/bank-line';
import { type LocalDate, localDate } from '../../domain/calendar';
import { type Fen, fen } from '../../domain/money';
import { detailsOf, type Field, fieldsOf } from './mt940-fields';
import { type BankStatement, BrokenStatement, MOST_LINES, tooMany } from './statement';
import { accountOf, fenOf, plainText, tailOf, wantYuan } from './values';

/** `240131` is 2024-01-31: MT940 has no century, and no statement here is older than this one. @throws BrokenStatement */
function day(text: string, line: number): LocalDate {
  try {
    return localDate(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`);
  } catch {
    throw new BrokenStatement(line, `“${text}”不是日期`, `“${text}” is not a date`);
  }
}

/** SWIFT amounts have a decimal comma that is always there: `1234,5`. @throws BrokenStatement */
function amount(text: string, line: number): Fen {
  if (!/^\d+,\d*$/.test(text)) throw new BrokenStatement(line, `“${text}”不是金额`, `“${text}” is not an amount`);
  return fenOf(text.replace(',', '.').replace(/\.$/, ''), line);
}

/** :60F: and :62F:, `C240131CNY1000,00`. */
function balance({ text, line, tag }: Field): number {
  const [, mark, on = '', currency = '', size = ''] = /^([CD])(\d{6})([A-Z]{3})([\d,]+)$/.exec(text.trim()) ?? [];
  if (!mark) throw new BrokenStatement(line, `:${tag}: 不是余额`, `:${tag}: holds no balance`);
  wantYuan(currency, line);
  const value = amount(size, line);
  day(on, line);
  return mark === 'D' ? -value : value;
}

/**
 * :61:, `2401310131CR100,00NTRFREF//BANKREF`: value date, booking day (month and day), C or D or its reversal RC or RD, an optional letter
 * of the currency, amount, type, the owner's reference and the bank's.
 */
const ENTRY = /^(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d[\d,]*)([NFS][A-Z0-9]{3})([^\n]*)(?:\n([\s\S]*))?$/;

/** The booking day has no year: it is the one nearest to the value date. */
function bookedOn(value: LocalDate, monthDay: string | undefined, line: number): LocalDate {
  if (!monthDay) return value;
  const year = Number(value.slice(0, 4));
  const month = Number(monthDay.slice(0, 2)) - Number(value.slice(5, 7));
  const booked = month > 6 ? year - 1 : month < -6 ? year + 1 : year;
  return day(`${String(booked).slice(2)}${monthDay}`, line);
}

function entry({ text, line }: Field, details: string): BankLine {
  const [, value = '', monthDay, mark, , size = '', , references = '', more = ''] = ENTRY.exec(text) ?? [];
  if (!mark) throw new BrokenStatement(line, ':61: 无法识别', ':61: cannot be read');
  const { name, account, remark } = detailsOf(details);
  const [reference = ''] = references.split('//');
  const said = [remark, reference === 'NONREF' ? '' : reference, more].filter((part) => part !== '');
  const amountFen = amount(size, line);
  if (amountFen === 0) throw new BrokenStatement(line, '金额为零', 'the amount is zero');
  return {
    line,
    // A reversed credit takes money out, a reversed debit brings it back.
    direction: mark === 'C' || mark === 'RD' ? 'credit' : 'debit',
    amountFen,
    bookedOn: bookedOn(day(value, line), monthDay, line),
    bookedAt: null,
    bankNumber: null,
    payerName: plainText(name),
    payerTail: tailOf(account),
    remark: plainText(said.join(' ')),
    balanceFen: null,
    reversal: mark.startsWith('R'),
  };
}

type Message = {
  readonly account: string;
  readonly openingFen: number;
  readonly closingFen: number;
  readonly lines: BankLine[];
};

const need = (field: Field | undefined, tag: string, line: number): Field => {
  if (field) return field;
  throw new BrokenStatement(
    line,
    `缺少 :${tag}:，文件可能只下载了一半`,
    `:${tag}: is missing; the file may have been cut off`,
  );
};

const one = (fields: readonly Field[], ...tags: readonly string[]): Field => {
  const line = fields.at(-1)?.line ?? 0;
  return need(
    fields.find(({ tag }) => tags.includes(tag)),
    tags[0] ?? '',
    line,
  );
};

function message(fields: readonly Field[]): Message {
  const openingFen = balance(one(fields, '60F', '60M'));
  const closingField = one(fields, '62F', '62M');
  const closingFen = balance(closingField);
  const account = accountOf((one(fields, '25', '25P').text.split('\n')[0] ?? '').split('/').at(-1) ?? '');
  one(fields, '28C', '28');
  const lines = fields.flatMap((field, i) => {
    if (field.tag !== '61') return [];
    const after = fields[i + 1];
    return [entry(field, after?.tag === '86' ? after.text : '')];
  });
  const sum = lines.reduce(
    (total, { direction, amountFen }) => total + (direction === 'credit' ? 1 : -1) * amountFen,
    0,
  );
  if (openingFen + sum !== closingFen)
    throw new BrokenStatement(
      closingField.line,
      '期初余额加各笔流水不等于期末余额',
      'the opening balance and the lines do not add up to the closing balance',
    );
  return { account, openingFen, closingFen, lines };
}

/** Messages begin with :20:. */
function messagesOf(fields: readonly Field[]): Message[] {
  const groups: Field[][] = [];
  for (const field of fields) {
    if (field.tag === '20') groups.push([field]);
    else need(groups.at(-1)?.[0], '20', field.line) && groups.at(-1)?.push(field);
  }
  return groups.map(message);
}

/**
 * SWIFT MT940 (customer statement message, fields 20, 25, 28C, 60a, 61, 86, 62a as the SWIFT user handbook, category 9, describes them; the
 * forms of field 86 are those of the banks). Several messages of one account may follow each other, each beginning where the last ended.
 * @throws BrokenStatement
 */
export function readMt940(text: string): BankStatement {
  const messages = messagesOf(fieldsOf(text));
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) throw new BrokenStatement(0, '文件里没有 MT940 报文', 'The file holds no MT940 message.');
  if (messages.some(({ account }) => account !== first.account))
    throw new BrokenStatement(
      0,
      '文件里有多个本方账号，请按账号分别导出',
      'The file holds several accounts; export each by itself.',
    );
  for (const [i, { openingFen }] of messages.entries()) {
    const before = messages[i - 1];
    if (before && before.closingFen !== openingFen)
      throw new BrokenStatement(
        0,
        '前后报文的余额对不上，可能缺少中间一份',
        'Two messages do not follow each other; one is missing in between.',
      );
  }
  const lines = messages.flatMap(({ lines }) => lines);
  if (lines.length > MOST_LINES) throw tooMany();
  const days = lines.map(({ bookedOn }) => bookedOn).sort();
  const [from] = days;
  const until = days.at(-1);
  if (!from || !until) throw new BrokenStatement(0, '文件里没有任何流水', 'The file holds no lines.');
  return {
    layout: 'mt940',
    account: first.account,
    from,
    until,
    openingFen: fen(first.openingFen),
    closingFen: fen(last.closingFen),
    lines,
  };
}
