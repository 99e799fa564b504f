import { type Cell, is, narrow, not, type Parsed, show } from './cell';

/** 居民身份证(含港澳台居民居住证), 护照, 港澳居民来往内地通行证, 台胞证, 其他(外国人永居证、营业执照等). */
export type IdKind = 'residentId' | 'passport' | 'hkMacaoPermit' | 'taiwanPermit' | 'other';

export type IdNumber = { readonly kind: IdKind; readonly number: string };

const ID_KINDS = new Map<string, IdKind>(
  Object.entries({
    residentId: '身份证 居民身份证 居住证 港澳台居民居住证 residentid idcard id',
    passport: '护照 passport',
    hkMacaoPermit: '港澳通行证 港澳居民来往内地通行证 回乡证 hkmacaupermit hkmacaopermit',
    taiwanPermit: '台胞证 台湾居民来往大陆通行证 taiwanpermit',
    other:
      '其他 其它 外国人永久居留身份证 外国人永居证 永居证 营业执照 统一社会信用代码 foreignerpermit businesslicence businesslicense other',
  } satisfies Record<IdKind, string>).flatMap(([kind, list]) => list.split(' ').map((word) => [word, kind as IdKind])),
);

export function parseIdKind(cell: Cell): Parsed<IdKind> {
  const kind =
    typeof cell === 'string'
      ? ID_KINDS.get(
          narrow(cell)
            .toLowerCase()
            .replace(/[\s_-]/g, ''),
        )
      : undefined;
  return kind
    ? is(kind)
    : not(
        `证件类型“${show(cell)}”无法识别,可填:身份证、护照、港澳通行证、台胞证、其他`,
        `"${show(cell)}" is not a kind of document: ID card, passport, HK/Macau permit, Taiwan permit, other`,
      );
}

/** A mobile number of the mainland as 11 digits, or a foreign one as `+` and digits (E.164). */
export function parsePhone(cell: Cell): Parsed<string> {
  const typed = typeof cell === 'number' ? String(cell) : typeof cell === 'string' ? narrow(cell) : '';
  const digits = typed.replace(/[\s().-]/g, '');
  const mainland = /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(digits)?.[1];
  if (mainland) return is(mainland);
  if (/^\+(?!86)[1-9]\d{6,14}$/.test(digits)) return is(digits);
  return not(
    `“${show(cell)}”不是手机号码(11 位,1 开头;境外号码以 + 和国家代码开头)`,
    `"${show(cell)}" is not a mobile number (11 digits beginning with 1, or + and country code)`,
  );
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The 18th character of a citizen number by GB 11643-1999 (ISO 7064 MOD 11-2) for its first 17 digits. */
export const citizenCheckDigit = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_DIGITS[sum % 11] ?? '';
};

/** What each kind of document's number looks like, in the order in which a number without a stated kind is tried. */
const FORMS: readonly (readonly [IdKind, RegExp])[] = [
  ['hkMacaoPermit', /^[HM]\d{8}(?:\d{2})?$/],
  ['taiwanPermit', /^\d{8}$/],
  ['other', /^[A-Z]{3}\d{12}$/],
  ['passport', /^[A-Z]{1,2}\d{7,9}$/],
  ['other', /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/],
];

/** A document's number and, from its form, what kind of document it is; `withKind` holds it to the kind that the sheet names. */
export function parseIdNumber(cell: Cell): Parsed<IdNumber> {
  if (typeof cell === 'number' && cell >= 1e15) {
    return not(
      '证件号被存成了数字,Excel 只保留 15 位,末位已丢失;请把该列设为“文本”后重新填写',
      'the ID number is stored as a number and Excel has lost its last digits; format the column as text and retype it',
    );
  }
  const typed = typeof cell === 'number' ? String(cell) : typeof cell === 'string' ? narrow(cell) : '';
  const text = typed.toUpperCase().replace(/^'|[\s-]/g, '');
  if (/^\d{17}[\dX]$/.test(text)) return citizen(text);
  if (/^\d{15}$/.test(text)) {
    return not('15 位身份证已停用,请填写 18 位号码', '15-digit ID numbers are no longer valid; give the 18-digit one');
  }
  const kind = FORMS.find(([, form]) => form.test(text))?.[0];
  // Passports of the world have no one form: the last word is the stated kind's.
  return /^[A-Z0-9]{5,20}$/.test(text) ? is({ kind: kind ?? 'passport', number: text }) : BAD_NUMBER;
}

/** Holds a number to the kind of document that the sheet names, when it names one. */
export function withKind(id: IdNumber, stated: IdKind | null): Parsed<IdNumber> {
  if (stated === null || stated === id.kind) return is(id);
  const form = FORMS.find(([kind]) => kind === stated)?.[1];
  const fits = stated === 'passport' || stated === 'other' || form?.test(id.number) === true;
  return fits ? is({ kind: stated, number: id.number }) : BAD_NUMBER;
}

function citizen(text: string): Parsed<IdNumber> {
  const born = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  const ms = Date.parse(`${born}T00:00:00Z`);
  const exists = !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === born && born >= '1900-01-01';
  if (!exists || citizenCheckDigit(text.slice(0, 17)) !== text[17]) {
    return not(
      '身份证号校验不通过,请核对(GB 11643 校验位或出生日期不符)',
      'the ID number fails its check digit or birth date (GB 11643); compare it with the card',
    );
  }
  return is({ kind: 'residentId', number: text });
}

// The number itself stays out of the reason: reasons are stored and shown, and this one is personal.
const BAD_NUMBER: Parsed<never> = not(
  '证件号码格式不对;身份证应为 18 位',
  'the document number is malformed; an ID card has 18 characters',
);
