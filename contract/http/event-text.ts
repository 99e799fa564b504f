import type { BillKind } from '../../domain/bill';
import { BILL_KIND_NAMES, billKindName, type Language } from '../../domain/bill-name';
import { localDate } from '../../domain/calendar';
import type { LeaseStatus } from '../../domain/lease';
import { fen } from '../../domain/money';
import { waitsForAPerson } from '../../domain/refund-words';
import { CHINESE, ENGLISH, type EventWords } from './event-words';

type Data = Readonly<Record<string, unknown>>;

/** What an event says of itself, each part in the reader's language; what it does not say is empty. */
type Facts = {
  readonly data: Data;
  readonly words: EventWords;
  readonly yuan: (key: string) => string;
  readonly day: (key: string) => string;
  /** `，原因：…` or ` (…)`: what a person typed, in their language. */
  readonly because: string;
  readonly until: string;
  readonly reason: string;
};

const word = (data: Data, key: string): string => (typeof data[key] === 'string' ? (data[key] as string) : '');

function factsOf(data: Data, locale: Language): Facts {
  const words = locale === 'zh' ? CHINESE : ENGLISH;
  const yuan = (key: string) => (typeof data[key] === 'number' ? words.yuan(fen(data[key] as number)) : '');
  const day = (key: string) => (word(data, key) ? words.day(localDate(word(data, key))) : '');
  const [reason, end] = [word(data, 'reason'), day('until')];
  const framed =
    locale === 'zh'
      ? { because: reason && `，原因：${reason}`, until: end && `，至${end}` }
      : { because: reason && ` (${reason})`, until: end && ` until ${end}` };
  // An event of a kind of decision that has no short reason yet keeps the sentence that was stored with it.
  return { data, words, yuan, day, ...framed, reason: words.reasons[word(data, 'why')] ?? word(data, 'text') };
}

/** The lock-out ended because the lease left the room: that door is not opened for it, so nothing of the kind is said. */
const leftTheRoom = (data: Data): boolean => word(data, 'why') === 'roomChanged';
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Sentences = Readonly<Record<Language, (facts: Facts) => string>>;

const statusOf = ({ words, data }: Facts): string => words.status[word(data, 'to') as LeaseStatus] ?? word(data, 'to');
const billOf = (data: Data, locale: Language): string => {
  const kind = word(data, 'billKind');
  return billKindName(Object.hasOwn(BILL_KIND_NAMES, kind) ? (kind as BillKind) : 'oneOff', locale);
};

/** Bills that one message was about: the first, and those told together with it. */
const remindedOf = ({ words, data }: Facts): string[] =>
  [word(data, 'billKey'), ...(Array.isArray(data.also) ? data.also.map(String) : [])].map(words.bill);

const TEXTS: Readonly<Record<string, Sentences>> = {
  signed: { zh: ({ words }) => words.status.signed, en: ({ words }) => words.status.signed },
  imported: { zh: () => '由房源表导入', en: () => 'Imported from the rent roll' },
  statusChanged: { zh: statusOf, en: statusOf },
  billIssued: {
    zh: (f) => `出账：${billOf(f.data, 'zh')} ${f.yuan('totalFen')}，${f.day('dueOn')}到期`,
    en: (f) => `Billed: ${billOf(f.data, 'en')} of ${f.yuan('totalFen')}, due on ${f.day('dueOn')}`,
  },
  paymentReceived: {
    zh: ({ yuan }) => `收到付款 ${yuan('amountFen')}`,
    en: ({ yuan }) => `Payment of ${yuan('amountFen')} received`,
  },
  reminded: {
    zh: (facts) => `已提醒租客缴费（${remindedOf(facts).join('、')}）`,
    en: (facts) => `The tenant was reminded to pay (${remindedOf(facts).join(', ')})`,
  },
  termsChanged: {
    zh: ({ words, data, day }) => `${words.changes[word(data, 'kind')] ?? '租约变更'}，租期至${day('endsOn')}`,
    en: ({ words, data, day }) =>
      `${words.changes[word(data, 'kind')] ?? 'Lease changed'}; the lease runs to ${day('endsOn')}`,
  },
  handedOver: { zh: () => '房间已交付，开门供电', en: () => 'Room handed over; door open, power on' },
  roomMoved: {
    zh: ({ data }) => `已搬入 ${word(data, 'roomNo')}`,
    en: ({ data }) => `Moved into ${word(data, 'roomNo')}`,
  },
  checkoutPlanned: {
    zh: ({ day }) => `已约定退房日 ${day('moveOutOn')}`,
    en: ({ day }) => `Day of moving out set to ${day('moveOutOn')}`,
  },
  restricted: {
    zh: ({ reason }) => `锁门断电：${reason}`,
    en: ({ reason }) => `Door locked and power cut: ${reason}`,
  },
  confirmationAsked: {
    zh: ({ reason }) => `请工作人员确认是否锁门断电：${reason}`,
    en: ({ reason }) => `Staff were asked whether to lock the door and cut the power: ${reason}`,
  },
  lockOutConfirmed: {
    zh: () => '工作人员已确认锁门断电',
    en: () => 'Staff confirmed that the door is locked and the power cut',
  },
  released: {
    zh: ({ data, reason }) => (leftTheRoom(data) ? reason : `恢复开门供电：${reason}`),
    en: ({ data, reason }) => (leftTheRoom(data) ? sentence(reason) : `Door opened and power restored: ${reason}`),
  },
  exempted: {
    zh: ({ until, because }) => `列入豁免名单${until}${because}`,
    en: ({ until, because }) => `Exempted from lock-outs${until}${because}`,
  },
  promised: {
    zh: ({ yuan, until }) => `承诺付款 ${yuan('amountFen')}${until}`,
    en: ({ yuan, until }) => `Promised to pay ${yuan('amountFen')}${until}`,
  },
  humanRelease: {
    zh: ({ until, because }) => `工作人员放行${until}${because}`,
    en: ({ until, because }) => `Let in by staff${until}${because}`,
  },
  waived: {
    zh: ({ yuan, because }) => `减免滞纳金 ${yuan('amountFen')}${because}`,
    en: ({ yuan, because }) => `Late fee of ${yuan('amountFen')} waived${because}`,
  },
  inspected: { zh: () => '查房完成', en: () => 'Inspected' },
  settled: {
    zh: ({ yuan }) => `清算完成：应退 ${yuan('refundFen')}，应补 ${yuan('owedFen')}`,
    en: ({ yuan }) => `Settled: ${yuan('refundFen')} to be refunded, ${yuan('owedFen')} still owed`,
  },
  refunded: {
    zh: ({ yuan }) => `退款完成 ${yuan('amountFen')}`,
    en: ({ yuan }) => `Refunded ${yuan('amountFen')}`,
  },
  refundFailed: {
    zh: ({ data }) =>
      waitsForAPerson(word(data, 'why')) ? '需人工退款（现金/转账），已转财务' : '退款失败，已转人工处理',
    en: ({ data }) =>
      waitsForAPerson(word(data, 'why'))
        ? 'To be refunded by staff (cash or bank transfer)'
        : 'The refund failed and was handed to staff',
  },
  sealed: {
    zh: ({ data }) => `${word(data, 'party') === 'A' ? '甲方' : '乙方'}已用章（虚拟印章）`,
    en: ({ data }) => `Sealed by ${word(data, 'party') === 'A' ? 'the landlord' : 'the tenant'} (virtual seal)`,
  },
};

/** Kinds of events that have a sentence in both languages. */
export const EVENT_KINDS = Object.keys(TEXTS);

/**
 * An event of a lease's timeline as a sentence. Reasons and room names that people typed stay in their language; a kind that is not known
 * yet shows its own text or its name.
 */
export function eventText(kind: string, data: Data, locale: Language = 'zh'): string {
  const text = TEXTS[kind];
  return text ? text[locale](factsOf(data, locale)) : word(data, 'text') || kind;
}
