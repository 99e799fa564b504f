import type { BillKind } from './bill';
import { addDays, type LocalDate } from './calendar';

const NAMES: Record<BillKind, string> = {
  first: '首期账单',
  periodic: '租期账单',
  adjustment: '调整账单',
  lateFee: '滞纳金',
  penalty: '违约金',
  damage: '赔偿',
  opening: '期初欠费',
  oneOff: '其他账单',
};

/** What people call a bill: its kind, and for rent the days that it covers (`periodUntil` is exclusive, people read the last day). */
export function billName(bill: {
  readonly kind: BillKind;
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
}): string {
  const { kind, periodFrom, periodUntil } = bill;
  if (kind !== 'periodic' && kind !== 'first') return NAMES[kind];
  return `${NAMES[kind]} ${periodFrom} 至 ${addDays(periodUntil, -1)}`;
}

/** What people call the bill with this business key (`BillDraft.key`), where only the key is at hand. */
export function billKeyName(key: string): string {
  const [head = '', ...rest] = key.split('/');
  switch (head) {
    case 'period':
      return `${rest[0] ?? ''} 起的${NAMES.periodic}`;
    case 'late-fee':
      return `${billKeyName(rest.slice(0, -1).join('/'))}的${NAMES.lateFee}`;
    case 'adjustment':
    case 'first':
    case 'penalty':
    case 'damage':
    case 'opening':
      return NAMES[head];
    default:
      return NAMES.oneOff;
  }
}

/** The name of a bill of which only the kind is known. */
export const billKindName = (kind: BillKind): string => NAMES[kind];
