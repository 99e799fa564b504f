import type { Fen } from '../../domain/money';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'] as const;
const GROUPS = ['', '万', '亿', '兆'] as const;

const digit = (value: number): string => DIGITS.charAt(value);

/** Four digits in capitals, without zeros before or behind: 1005 is 壹仟零伍. */
function group(value: number): string {
  let text = '';
  for (let place = 3; place >= 0; place--) {
    const figure = Math.floor(value / 10 ** place) % 10;
    if (figure > 0) text += `${digit(figure)}${PLACES[place]}`;
    else if (text !== '' && !text.endsWith('零')) text += '零';
  }
  return text.replace(/零$/, '');
}

function wholeYuan(yuan: number): string {
  let text = '';
  for (let i = GROUPS.length - 1; i >= 0; i--) {
    const value = Math.floor(yuan / 10_000 ** i) % 10_000;
    if (value === 0) continue;
    const before = Math.floor(yuan / 10_000 ** (i + 1)) % 10_000;
    const gap = text !== '' && (value < 1000 || before === 0); // a figure that is missing between two others is spoken once
    text += `${gap ? '零' : ''}${group(value)}${GROUPS[i]}`;
  }
  return text;
}

/**
 * An amount in financial capitals (中文大写金额) as contracts and cheques write it: 叁仟元整, 壹仟零伍元零柒分.
 * @throws RangeError for negative amounts
 */
export function capitalYuan(amount: Fen): string {
  if (amount < 0) throw new RangeError(`no capitals for a negative amount: ${amount}`);
  const yuan = Math.floor(amount / 100);
  const jiao = Math.floor(amount / 10) % 10;
  const fen = amount % 10;
  const whole = yuan === 0 ? '' : `${wholeYuan(yuan)}元`;
  if (jiao === 0 && fen === 0) return `${whole || '零元'}整`;
  if (fen === 0) return `${whole}${digit(jiao)}角`; // 整 is optional after 角 and left out here
  const tenth = jiao > 0 ? `${digit(jiao)}角` : whole === '' ? '' : '零';
  return `${whole}${tenth}${digit(fen)}分`;
}
