import type { BillKind, LineKind } from './bill';
import { addDays, type LocalDate } from './calendar';

export type Language = 'zh' | 'en';
type Name = Readonly<Record<Language, string>>;

/** What people call each kind of bill, on every screen, in every notice and sentence. */
export const BILL_KIND_NAMES: Readonly<Record<BillKind, Name>> = {
  first: { zh: '首期账单', en: 'First bill' },
  periodic: { zh: '租期账单', en: 'Rent bill' },
  adjustment: { zh: '调整账单', en: 'Adjustment' },
  lateFee: { zh: '滞纳金', en: 'Late fee' },
  penalty: { zh: '违约金', en: 'Penalty' },
  damage: { zh: '损坏赔偿', en: 'Damages' },
  opening: { zh: '期初欠费', en: 'Arrears brought over' },
  oneOff: { zh: '其他账单', en: 'Other bill' },
};

/** What people call each kind of line on a bill. */
export const LINE_KIND_NAMES: Readonly<Record<LineKind, Name>> = {
  rent: { zh: '租金', en: 'Rent' },
  discount: { zh: '优惠', en: 'Discount' },
  deposit: { zh: '押金', en: 'Deposit' },
  propertyFee: { zh: '物业费', en: 'Property fee' },
  network: { zh: '网络费', en: 'Network' },
  furniture: { zh: '家具费', en: 'Furniture' },
  water: { zh: '水费', en: 'Water' },
  electricity: { zh: '电费', en: 'Electricity' },
  other: { zh: '其他', en: 'Other' },
  lateFee: BILL_KIND_NAMES.lateFee,
  penalty: BILL_KIND_NAMES.penalty,
  damage: BILL_KIND_NAMES.damage,
  opening: BILL_KIND_NAMES.opening,
};

/** What people call a bill: its kind, and for rent the days that it covers (`periodUntil` is exclusive, people read the last day). */
export function billName(bill: {
  readonly kind: BillKind;
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
}): string {
  const { kind, periodFrom, periodUntil } = bill;
  if (kind !== 'periodic' && kind !== 'first') return billKindName(kind);
  return `${billKindName(kind)} ${periodFrom} 至 ${addDays(periodUntil, -1)}`;
}

/** The name of a bill of which only the kind is known; English as it stands within a sentence. */
export function billKindName(kind: BillKind, language: Language = 'zh'): string {
  const name = BILL_KIND_NAMES[kind][language];
  return language === 'zh' ? name : name.toLowerCase();
}

const FRAMES = {
  zh: {
    from: (day: string, name: string) => `${day} 起的${name}`,
    of: (bill: string, fee: string) => `${bill}的${fee}`,
  },
  en: {
    from: (day: string, name: string) => `${name} from ${day}`,
    of: (bill: string, fee: string) => `${fee} on the ${bill}`,
  },
} as const;

/** What people call the bill with this business key (`BillDraft.key`), where only the key is at hand; English as within a sentence. */
export function billKeyName(key: string, language: Language = 'zh'): string {
  const [head = '', ...rest] = key.split('/');
  const name = (kind: BillKind) => billKindName(kind, language);
  switch (head) {
    case 'period':
      return FRAMES[language].from(rest[0] ?? '', name('periodic'));
    case 'late-fee':
      return FRAMES[language].of(billKeyName(rest.slice(0, -1).join('/'), language), name('lateFee'));
    case 'adjustment':
    case 'first':
    case 'penalty':
    case 'damage':
    case 'opening':
      return name(head);
    default:
      return name('oneOff');
  }
}
