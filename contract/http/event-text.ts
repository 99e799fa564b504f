import { billKeyName } from '../../domain/bill-name';
import { localDate } from '../../domain/calendar';
import { formatDay, formatYuan } from '../../domain/format';
import type { LeaseStatus } from '../../domain/lease';
import { fen } from '../../domain/money';

type Data = Readonly<Record<string, unknown>>;

const STATUS: Record<LeaseStatus, string> = {
  signed: '乙方已签约',
  awaitingFirstPayment: '等待支付首期账单',
  awaitingApproval: '首期已付，等待审批',
  awaitingSeal: '审批通过，等待甲方用章',
  effective: '租约生效',
  ending: '租约即将结束',
  checkingOut: '进入退房流程',
  closed: '租约已结清关闭',
  expired: '首期未按时支付，租约失效，房间已释放',
  rejected: '审批驳回，已付款项退回',
  cancelled: '租约已取消',
};

const BILLS: Readonly<Record<string, string>> = {
  first: '首期账单',
  periodic: '租期账单',
  adjustment: '调整账单',
  lateFee: '滞纳金账单',
  penalty: '违约金账单',
  damage: '赔偿账单',
  opening: '期初欠费',
  oneOff: '其他账单',
};

const CHANGES: Readonly<Record<string, string>> = {
  renewal: '续租',
  amendment: '变更租金或付款条件',
  coTenants: '变更同住人',
  transfer: '换房',
  suspension: '暂停计租',
  resumption: '恢复计租',
  earlyEnd: '提前结束租约',
};

const word = (data: Data, key: string): string => (typeof data[key] === 'string' ? (data[key] as string) : '');
const yuan = (data: Data, key: string): string => (typeof data[key] === 'number' ? formatYuan(fen(data[key])) : '');
const day = (data: Data, key: string): string => (word(data, key) ? formatDay(localDate(word(data, key))) : '');
const because = (data: Data): string => (word(data, 'reason') ? `，原因：${word(data, 'reason')}` : '');
const until = (data: Data): string => (word(data, 'until') ? `，至${day(data, 'until')}` : '');

const TEXTS: Readonly<Record<string, (data: Data) => string>> = {
  signed: () => STATUS.signed,
  imported: () => '由房源表导入',
  statusChanged: (data) => STATUS[word(data, 'to') as LeaseStatus] ?? word(data, 'to'),
  billIssued: (data) =>
    `出账：${BILLS[word(data, 'billKind')] ?? '账单'} ${yuan(data, 'totalFen')}，${day(data, 'dueOn')}到期`,
  paymentReceived: (data) => `收到付款 ${yuan(data, 'amountFen')}`,
  reminded: (data) => `已提醒租客缴费（${billKeyName(word(data, 'billKey'))}）`,
  termsChanged: (data) => `${CHANGES[word(data, 'kind')] ?? '租约变更'}，租期至${day(data, 'endsOn')}`,
  handedOver: () => '房间已交付，开门供电',
  roomMoved: (data) => `已搬入 ${word(data, 'roomNo')}`,
  checkoutPlanned: (data) => `已约定退房日 ${day(data, 'moveOutOn')}`,
  restricted: (data) => `锁门断电：${word(data, 'text')}`,
  confirmationAsked: (data) => `请工作人员确认是否锁门断电：${word(data, 'text')}`,
  released: (data) => `恢复开门供电：${word(data, 'text')}`,
  exempted: (data) => `列入豁免名单${until(data)}${because(data)}`,
  promised: (data) => `承诺付款 ${yuan(data, 'amountFen')}${until(data)}`,
  humanRelease: (data) => `工作人员放行${until(data)}${because(data)}`,
  waived: (data) => `减免滞纳金 ${yuan(data, 'amountFen')}${because(data)}`,
  inspected: () => '查房完成',
  settled: (data) => `清算完成：应退 ${yuan(data, 'refundFen')}，应补 ${yuan(data, 'owedFen')}`,
  refunded: (data) => `退款完成 ${yuan(data, 'amountFen')}`,
  refundFailed: () => '退款失败，已转人工处理',
  sealed: (data) => `${word(data, 'party') === 'A' ? '甲方' : '乙方'}已用章（虚拟印章）`,
};

/** An event of a lease's timeline as a Chinese sentence; a kind that is not known yet shows its own text or its name. */
export function eventText(kind: string, data: Data): string {
  const text = TEXTS[kind];
  return text ? text(data) : word(data, 'text') || kind;
}
