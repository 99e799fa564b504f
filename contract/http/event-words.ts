import { billKeyName } from '../../domain/bill-name';
import type { LocalDate } from '../../domain/calendar';
import { formatDay, formatYuan } from '../../domain/format';
import type { LeaseStatus } from '../../domain/lease';
import type { Fen } from '../../domain/money';

/** Everything in a timeline sentence that differs by language but its own frame. */
export type EventWords = {
  readonly yuan: (amount: Fen) => string;
  readonly day: (day: LocalDate) => string;
  readonly bill: (key: string) => string;
  readonly status: Readonly<Record<LeaseStatus, string>>;
  readonly changes: Readonly<Record<string, string>>;
  /** Why a room was locked or opened, by the code of the decision. */
  readonly reasons: Readonly<Record<string, string>>;
};

export const CHINESE: EventWords = {
  yuan: formatYuan,
  day: formatDay,
  bill: (key) => billKeyName(key),
  status: {
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
  },
  changes: {
    renewal: '续租',
    amendment: '变更租金或付款条件',
    coTenants: '变更同住人',
    transfer: '换房',
    suspension: '暂停计租',
    resumption: '恢复计租',
    earlyEnd: '提前结束租约',
  },
  reasons: {
    noArrears: '没有逾期欠费',
    belowMinimum: '欠费低于限制使用的最低金额',
    exempt: '在豁免名单内',
    fireAlarm: '消防报警中',
    humanRelease: '工作人员已人工放行',
    promised: '分期付款承诺尚在期限内',
    notOccupied: '房间未交付或已退房',
    notifyOnly: '按规则仅发送催缴通知',
    needsConfirmation: '账单已逾期',
    overdue: '账单已逾期',
    brokenPromise: '未按承诺付款',
    confirmed: '工作人员已确认',
    checkout: '退房日',
    workflowCancelled: '租约流程被取消',
    roomChanged: '已换房，对原房间的欠费限制随之结束',
  },
};

export const ENGLISH: EventWords = {
  yuan: (amount) => `CNY ${formatYuan(amount).replace(' 元', '')}`,
  day: (day) => day,
  bill: (key) => billKeyName(key, 'en'),
  status: {
    signed: 'Signed by the tenant',
    awaitingFirstPayment: 'Waiting for the first bill to be paid',
    awaitingApproval: 'First bill paid; waiting for approval',
    awaitingSeal: 'Approved; waiting for the landlord’s seal',
    effective: 'The lease is in effect',
    ending: 'The lease is about to end',
    checkingOut: 'Checkout has begun',
    closed: 'Settled and closed',
    expired: 'The first bill was not paid in time; the lease lapsed and the room is free again',
    rejected: 'Not approved; what was paid goes back',
    cancelled: 'The lease was cancelled',
  },
  changes: {
    renewal: 'Renewed',
    amendment: 'Rent or terms changed',
    coTenants: 'Co-tenants changed',
    transfer: 'Moves to another room',
    suspension: 'Rent suspended',
    resumption: 'Rent resumed',
    earlyEnd: 'Ends early',
  },
  reasons: {
    noArrears: 'nothing is overdue',
    belowMinimum: 'the arrears are below the minimum',
    exempt: 'exempt',
    fireAlarm: 'fire alarm',
    humanRelease: 'let in by staff',
    promised: 'an instalment promise is running',
    notOccupied: 'the room is not handed over or was left',
    notifyOnly: 'the policy only notifies',
    needsConfirmation: 'bills are overdue',
    overdue: 'bills are overdue',
    brokenPromise: 'a promise was not kept',
    confirmed: 'confirmed by staff',
    checkout: 'day of moving out',
    workflowCancelled: 'the lease’s workflow was cancelled',
    roomChanged: 'the lease moved to another room, and the lock-out of its former room ended with that',
  },
};
