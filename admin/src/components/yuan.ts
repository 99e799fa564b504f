import { formatYuan as format } from '../../../domain/format';
import { fen } from '../../../domain/money';

export const formatYuan = (amountFen: number): string => format(fen(amountFen));

/** Whole fen of `1234.5` or `1,234.50`, as a person types yuan; undefined when it is no amount. Never through a float. */
export function parseYuan(text: string): number | undefined {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(',', '').trim());
  if (!match) return undefined;
  const [, sign = '', yuan = '0', cents = ''] = match;
  const size = Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
  return sign === '-' ? -size : size;
}
