import { BILL_KIND_NAMES, type Language, LINE_KIND_NAMES } from '../../domain/bill-name';
import type { LeaseStatus } from '../../domain/lease';

type Words<Key extends string> = Readonly<Record<Key, string>>;
type Named<Key extends string> = Readonly<Record<Key, Words<Language>>>;

const inLanguage = <Key extends string>(names: Named<Key>, language: Language): Words<Key> =>
  Object.fromEntries(Object.entries<Words<Language>>(names).map(([key, name]) => [key, name[language]])) as Words<Key>;

const LEASE_STATUS: Named<LeaseStatus> = {
  signed: { zh: '已签约', en: 'Signed' },
  awaitingFirstPayment: { zh: '待付首期', en: 'Awaiting first payment' },
  awaitingApproval: { zh: '待审批', en: 'Awaiting approval' },
  awaitingSeal: { zh: '待盖章', en: 'Awaiting seal' },
  effective: { zh: '生效中', en: 'Effective' },
  ending: { zh: '即将到期', en: 'Ending' },
  checkingOut: { zh: '退房中', en: 'Checking out' },
  closed: { zh: '已结束', en: 'Closed' },
  expired: { zh: '首期超时', en: 'Expired unpaid' },
  rejected: { zh: '已驳回', en: 'Rejected' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};

const DEVICE_STATE = {
  locked: { zh: '已锁', en: 'Locked' },
  unlocked: { zh: '可开门', en: 'Opens' },
  on: { zh: '通电', en: 'On' },
  off: { zh: '断电', en: 'Off' },
  unknown: { zh: '未上报', en: 'Not reported' },
  unused: { zh: '尚未收到指令', en: 'Never commanded' },
};

/** What stands in for something real says so. */
const VIRTUAL = {
  door: { zh: '虚拟门锁', en: 'Virtual lock' },
  power: { zh: '虚拟电源', en: 'Virtual power' },
  seal: { zh: '虚拟印章', en: 'Virtual seal' },
  payment: { zh: '模拟', en: 'Simulated' },
  sms: { zh: '模拟短信', en: 'Simulated SMS' },
};

/** Words that staff and tenants read alike: a bill or a door is called the same in both web apps. */
export const screenWords = (language: Language) => ({
  billKind: inLanguage(BILL_KIND_NAMES, language),
  lineKind: inLanguage(LINE_KIND_NAMES, language),
  leaseStatus: inLanguage(LEASE_STATUS, language),
  deviceState: inLanguage(DEVICE_STATE, language),
  virtual: inLanguage(VIRTUAL, language),
});
