/** Words of one notice. Placeholders are `{name:kind}`, see `NoticeValue` for what each kind takes. */
type Words = { readonly title: string; readonly text: string };

/**
 * Every notice of the in-app inbox, in Chinese and English, as data. Whole sentences only, no personal data beyond what the
 * reader knows of themselves: a room's name, amounts, days.
 */
export const NOTICE_TEMPLATES = {
  /** To the tenant: a bill was issued. */
  billIssued: {
    zh: {
      title: '新账单 {amount:yuan}',
      text: '{room:text}的账单“{bill:text}”已出，金额 {amount:yuan}，请在 {dueOn:day} 前支付。',
    },
    en: {
      title: 'New bill: {amount:yuan}',
      text: 'The bill “{bill:text}” for {room:text} is {amount:yuan}. Please pay it by {dueOn:day}.',
    },
  },
  /** Before the due day. */
  reminderUpcoming: {
    zh: {
      title: '账单将于 {dueOn:day} 到期',
      text: '{room:text}的账单“{bill:text}”还有 {amount:yuan} 未付，{dueOn:day} 到期（还有 {days:count} 天）。',
    },
    en: {
      title: 'A bill falls due on {dueOn:day}',
      text: '{amount:yuan} of the bill “{bill:text}” for {room:text} is still open and falls due on {dueOn:day} (days left: {days:count}).',
    },
  },
  /** On the due day. */
  reminderDue: {
    zh: {
      title: '账单今天到期',
      text: '{room:text}的账单“{bill:text}”今天（{dueOn:day}）到期，还有 {amount:yuan} 未付，请今天支付。',
    },
    en: {
      title: 'A bill is due today',
      text: 'The bill “{bill:text}” for {room:text} is due today ({dueOn:day}). {amount:yuan} is still open; please pay today.',
    },
  },
  /** After the due day. */
  reminderOverdue: {
    zh: {
      title: '账单已逾期 {days:count} 天',
      text: '{room:text}的账单“{bill:text}”已于 {dueOn:day} 到期，逾期 {days:count} 天，欠 {amount:yuan}。逾期会产生滞纳金，并可能按合同约定限制门锁和用电。付款后自动恢复。',
    },
    en: {
      title: 'A bill is overdue (days: {days:count})',
      text: 'The bill “{bill:text}” for {room:text} was due on {dueOn:day} (days overdue: {days:count}); {amount:yuan} is open. Late fees accrue, and under the contract the door and power may be restricted. Payment restores them automatically.',
    },
  },
  /** Several bills of one lease on one day: one message with their total instead of one for each. */
  remindersUpcoming: {
    zh: {
      title: '{count:count} 笔账单即将到期，合计 {amount:yuan}',
      text: '{room:text}有 {count:count} 笔账单即将到期，合计还有 {amount:yuan} 未付：{bills:text}。请按时支付。',
    },
    en: {
      title: 'Bills fall due soon ({count:count}): {amount:yuan}',
      text: 'Bills for {room:text} fall due soon ({count:count}); {amount:yuan} is still open in all: {bills:text}. Please pay in time.',
    },
  },
  remindersDue: {
    zh: {
      title: '{count:count} 笔账单今天到期，合计 {amount:yuan}',
      text: '{room:text}有 {count:count} 笔账单今天到期，合计还有 {amount:yuan} 未付：{bills:text}。请今天支付。',
    },
    en: {
      title: 'Bills are due today ({count:count}): {amount:yuan}',
      text: 'Bills for {room:text} are due today ({count:count}); {amount:yuan} is still open in all: {bills:text}. Please pay today.',
    },
  },
  remindersOverdue: {
    zh: {
      title: '{count:count} 笔账单已逾期，合计 {amount:yuan}',
      text: '{room:text}有 {count:count} 笔账单已逾期，合计欠 {amount:yuan}：{bills:text}。逾期会产生滞纳金，并可能按合同约定限制门锁和用电。付款后自动恢复。',
    },
    en: {
      title: 'Bills are overdue ({count:count}): {amount:yuan}',
      text: 'Bills for {room:text} are overdue ({count:count}); {amount:yuan} is open in all: {bills:text}. Late fees accrue, and under the contract the door and power may be restricted. Payment restores them automatically.',
    },
  },
  /** The served notice that a lock-out rests on. */
  arrearsNotice: {
    zh: {
      title: '欠费通知：{amount:yuan}',
      text: '{room:text}截至 {today:day} 欠费 {amount:yuan}（{bills:text}）。按合同约定，门外把手将上锁并停止供电；室内随时可以开门出来。付清后立即恢复。如有异议或困难，请马上联系管家。',
    },
    en: {
      title: 'Notice of arrears: {amount:yuan}',
      text: 'As of {today:day}, {amount:yuan} is overdue for {room:text} ({bills:text}). Under the contract the outside handle will be locked and the power cut; the door always opens from inside. Both are restored at once when you pay. Please contact your housekeeper now if you disagree or are in difficulty.',
    },
  },
  /** Part or all of the bills was paid. */
  paymentReceived: {
    zh: {
      title: '已收到 {amount:yuan}',
      text: '{room:text}于 {paidOn:day} 收到付款 {amount:yuan}，目前未付账单合计 {open:yuan}。',
    },
    en: {
      title: 'Payment received: {amount:yuan}',
      text: 'We received {amount:yuan} for {room:text} on {paidOn:day}. Open bills now total {open:yuan}.',
    },
  },
  /** Door and power are restricted. */
  restricted: {
    zh: {
      title: '房间已限制：欠费 {amount:yuan}',
      text: '因欠费 {amount:yuan}，{room:text}的门外把手已上锁，已停止供电。室内随时可以开门出来。付清后立即自动恢复；紧急情况请联系管家，工作人员可以随时解除。',
    },
    en: {
      title: 'Room restricted: {amount:yuan} overdue',
      text: 'Because {amount:yuan} is overdue, the outside handle of {room:text} is locked and its power is off. The door always opens from inside. Both are restored at once when you pay; in an emergency contact your housekeeper, who can release it at any time.',
    },
  },
  /** Door and power are back. */
  released: {
    zh: { title: '房间已恢复', text: '{room:text}的门锁和供电已恢复正常。' },
    en: { title: 'Room restored', text: 'The door and the power of {room:text} are back to normal.' },
  },
  /** To staff: mode `confirmed` waits for a person. */
  enforcementConfirmationNeeded: {
    zh: {
      title: '待确认锁控：{room:text}',
      text: '{room:text}欠费 {amount:yuan}，符合锁门断电条件。请核对账单和送达记录后确认，或予以豁免。',
    },
    en: {
      title: 'Restriction to confirm: {room:text}',
      text: '{room:text} owes {amount:yuan} and meets the conditions for a lock-out. Check bills and served notices, then confirm or exempt.',
    },
  },
  /** To the community manager: the first bill is paid, the lease waits. */
  approvalNeeded: {
    zh: {
      title: '待审批租约：{room:text}',
      text: '租约 {lease:text}（{room:text}，{startsOn:day} 至 {endsOn:day}）首期账单已付清，请审批。',
    },
    en: {
      title: 'Lease to approve: {room:text}',
      text: 'The first bill of lease {lease:text} ({room:text}, {startsOn:day} to {endsOn:day}) is paid. Please decide.',
    },
  },
  approved: {
    zh: { title: '租约已审批通过', text: '{room:text}的租约 {lease:text} 已审批通过，正在加盖甲方章。' },
    en: {
      title: 'Lease approved',
      text: 'Lease {lease:text} for {room:text} is approved; party A is putting its seal on it.',
    },
  },
  rejected: {
    zh: {
      title: '租约未通过审批',
      text: '{room:text}的租约 {lease:text} 未通过审批，原因：{reason:text}。已付的 {amount:yuan} 将原路退回。',
    },
    en: {
      title: 'Lease not approved',
      text: 'Lease {lease:text} for {room:text} was not approved: {reason:text}. The {amount:yuan} paid will be returned.',
    },
  },
  /** The first bill was not paid in time. */
  expired: {
    zh: {
      title: '租约已失效',
      text: '{room:text}的首期账单未在规定时间内付清，租约 {lease:text} 已失效，房间已释放。',
    },
    en: {
      title: 'Lease lapsed',
      text: 'The first bill for {room:text} was not paid in time. Lease {lease:text} has lapsed and the room is free again.',
    },
  },
  cancelled: {
    zh: { title: '租约已取消', text: '{room:text}的租约 {lease:text} 已取消，原因：{reason:text}。' },
    en: { title: 'Lease cancelled', text: 'Lease {lease:text} for {room:text} was cancelled: {reason:text}.' },
  },
  contractEffective: {
    zh: {
      title: '合同已生效',
      text: '{room:text}的租赁合同已生效，租期 {startsOn:day} 至 {endsOn:day}。合同可在“我的租约”中下载。',
    },
    en: {
      title: 'Contract in effect',
      text: 'The contract for {room:text} is in effect from {startsOn:day} to {endsOn:day}. You can download it under “My lease”.',
    },
  },
  moveInInvitation: {
    zh: {
      title: '欢迎入住',
      text: '{room:text}自 {startsOn:day} 起可以入住。请携带身份证件，与管家一起核对房间和物品。',
    },
    en: {
      title: 'Welcome',
      text: 'You can move into {room:text} from {startsOn:day}. Please bring your ID and check the room and its contents with your housekeeper.',
    },
  },
  endingNotice: {
    zh: {
      title: '租约将于 {endsOn:day} 到期',
      text: '{room:text}的租约将于 {endsOn:day} 到期（还有 {days:count} 天）。请选择续租，或预约退房。',
    },
    en: {
      title: 'Your lease ends on {endsOn:day}',
      text: 'The lease of {room:text} ends on {endsOn:day} (days left: {days:count}). Please renew it or arrange the checkout.',
    },
  },
  renewed: {
    zh: {
      title: '续租成功',
      text: '{room:text}的租约已续至 {endsOn:day}，自 {from:day} 起租金为{rate:text}。',
    },
    en: {
      title: 'Lease renewed',
      text: 'The lease of {room:text} now runs until {endsOn:day}; the rent from {from:day} is {rate:text}.',
    },
  },
  /** An amendment, transfer, suspension or resumption is agreed. */
  termsChanged: {
    zh: { title: '租约已变更', text: '{room:text}的租约自 {from:day} 起变更：{change:text}。' },
    en: { title: 'Lease changed', text: 'The lease of {room:text} changes from {from:day}: {change:text}.' },
  },
  checkoutScheduled: {
    zh: {
      title: '退房安排：{day:day}',
      text: '{room:text}定于 {day:day} 退房，当天 {hour:count}:00 门锁停用并停止供电。请在此之前带走个人物品。',
    },
    en: {
      title: 'Checkout on {day:day}',
      text: 'The checkout of {room:text} is on {day:day}. At {hour:count}:00 the door and power are switched off; please take your belongings before that.',
    },
  },
  checkoutLocked: {
    zh: {
      title: '退房已开始',
      text: '{room:text}已停用门锁和供电，将在 {until:day} 前完成查房和清算。如有遗留物品，请联系管家。',
    },
    en: {
      title: 'Checkout has begun',
      text: 'The door and power of {room:text} are off. Inspection and settlement will be finished by {until:day}. Contact your housekeeper if you left anything behind.',
    },
  },
  /** Settlement of a lease; one of the two amounts is zero. */
  settled: {
    zh: {
      title: '退租清算完成',
      text: '{room:text}清算完成：应退 {refund:yuan}，应补 {owed:yuan}。明细见“我的账单”。',
    },
    en: {
      title: 'Settlement done',
      text: 'The lease of {room:text} is settled: to be returned {refund:yuan}, still owed {owed:yuan}. Details are under “My bills”.',
    },
  },
  refunded: {
    zh: { title: '退款 {amount:yuan} 已完成', text: '{room:text}的退款 {amount:yuan} 已于 {day:day} 退回原付款账户。' },
    en: {
      title: 'Refund of {amount:yuan} done',
      text: 'The refund of {amount:yuan} for {room:text} went back to the account it was paid from on {day:day}.',
    },
  },
  /** To staff: money could not be sent back. */
  refundFailed: {
    zh: {
      title: '退款失败：{room:text}',
      text: '{room:text}的退款 {amount:yuan} 未成功，原因：{reason:text}。已生成工单，请人工处理。',
    },
    en: {
      title: 'Refund failed: {room:text}',
      text: 'The refund of {amount:yuan} for {room:text} failed: {reason:text}. A work order is open; please handle it by hand.',
    },
  },
} as const satisfies Record<string, { readonly zh: Words; readonly en: Words }>;

export type NoticeKey = keyof typeof NOTICE_TEMPLATES;
export type NoticeLocale = 'zh' | 'en';
