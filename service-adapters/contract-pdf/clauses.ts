import { formatDay, formatPercent, formatYuan } from '../../domain/format';
import type { EnforcementPolicy, LateFeePolicy, TerminationPolicy } from '../../domain/policy';
import type { Escalation, LeaseTerms, PaymentCycle, RecurringFee, TermSegment } from '../../domain/terms';
import { capitalYuan } from './capital-amount';
import type { ContractModel, ContractRoom } from './model';

/** One article of the contract; its number comes from its place. */
export type Clause = { readonly heading: string; readonly paragraphs: readonly string[] };

const FEE_NAMES: Record<RecurringFee['kind'], string> = {
  propertyFee: '物业费',
  network: '网络费',
  furniture: '家具使用费',
};

const cycleText = (cycle: PaymentCycle): string =>
  cycle === 'wholeTerm' ? '一次付清全部租期' : `每 ${cycle} 个月支付一次`;

const amountText = (amount: LeaseTerms['depositFen']): string =>
  `人民币 ${formatYuan(amount)}（大写：${capitalYuan(amount)}）`;

function escalationText(escalation: Escalation): string {
  if (escalation.kind === 'none') return '租期内租金标准不变。';
  const by =
    escalation.kind === 'percent'
      ? `在上一年度标准上调整 ${formatPercent(escalation.basisPoints, 10_000)}`
      : `在上一年度标准上增加 ${formatYuan(escalation.amountFen)}`;
  return `自租期每满一年之日起，租金标准${by}。`;
}

const roomClause = ({
  community,
  building,
  room,
  address,
  areaCm2,
  orientation,
  facilities,
}: ContractRoom): Clause => ({
  heading: '房屋基本情况',
  paragraphs: [
    `甲方将位于${address}的${community}${building}${room}（以下称“该房屋”）出租给乙方居住使用。` +
      (areaCm2 === null ? '' : `该房屋建筑面积 ${(areaCm2 / 10_000).toFixed(2)} 平方米。`) +
      (orientation === null ? '' : `朝向：${orientation}。`),
    facilities.length === 0
      ? '该房屋的家具、电器以交接清单为准。'
      : `随房屋交付的家具、电器：${facilities.join('、')}。`,
  ],
});

const termClause = ({ terms }: ContractModel): Clause => ({
  heading: '租赁期限',
  paragraphs: [
    `租赁期自 ${formatDay(terms.startsOn)}起至 ${formatDay(terms.endsOn)}止，首尾两日均计入。` +
      (terms.rentFreeDays > 0 ? `自起租日起 ${terms.rentFreeDays} 天免收租金。` : ''),
  ],
});

function rentParagraphs(segment: TermSegment, terms: LeaseTerms): string[] {
  const unit = segment.basis === 'perMonth' ? '每月' : '每日';
  const since = segment.from === terms.startsOn ? '' : `自 ${formatDay(segment.from)}起，`;
  if (segment.suspended) return [`${since}合同暂停履行，暂停期间不计租金，房屋为乙方保留。`];
  const fees = segment.fees.map(({ kind, amountFen }) => `${FEE_NAMES[kind]}每月 ${formatYuan(amountFen)}`);
  return [
    `${since}租金标准为${unit}${amountText(segment.rateFen)}，${cycleText(segment.cycle)}。${escalationText(segment.escalation)}`,
    ...(fees.length > 0 ? [`${since}随租金一并收取：${fees.join('，')}。`] : []),
  ];
}

function dueText({ dueDayOffset, issueDaysBeforeDue }: LeaseTerms): string {
  const due =
    dueDayOffset === 0
      ? '每期第一日为当期应付日'
      : `每期第一日${dueDayOffset < 0 ? '之前' : '之后'}第 ${Math.abs(dueDayOffset)} 日为当期应付日`;
  return `${due}，甲方提前 ${issueDaysBeforeDue} 日出具账单。乙方应当在应付日当日或之前付清。`;
}

const rentClause = ({ terms }: ContractModel): Clause => ({
  heading: '租金及支付',
  paragraphs: [
    ...terms.segments.flatMap((segment) => rentParagraphs(segment, terms)),
    ...(terms.discounts.length > 0
      ? [
          `优惠：${terms.discounts
            .map(
              ({ month, basisPointsOff, reason }) =>
                `第 ${month} 个月租金减免 ${formatPercent(basisPointsOff, 10_000)}（${reason}）`,
            )
            .join('；')}。`,
        ]
      : []),
    terms.proration === 'actualDays'
      ? '不足一个租期月的，按该租期月的实际天数折算。'
      : '不足一个租期月的，每月按三十日折算。',
    `${dueText(terms)}各期应付金额见附件《租金支付明细》。`,
    ...(terms.taxBasisPoints > 0 ? [`以上租金为含税价，税率 ${formatPercent(terms.taxBasisPoints, 10_000)}。`] : []),
  ],
});

const depositClause = ({ terms }: ContractModel): Clause => ({
  heading: '押金',
  paragraphs: [
    terms.depositFen === 0
      ? '甲方不收取押金。'
      : `乙方在支付首期租金时支付押金${amountText(terms.depositFen)}。合同终止后，甲方在清算时从押金中扣除乙方应当承担的欠费和损失，其余无息退还。`,
  ],
});

const lateFeeParagraph = ({ graceDays, dailyRateMicros, capBasisPoints }: LateFeePolicy): string =>
  dailyRateMicros === 0
    ? '逾期不收取滞纳金。'
    : `乙方逾期付款的，${graceDays > 0 ? `宽限 ${graceDays} 日，其后` : '自应付日的次日起'}每日按逾期金额的 ${formatPercent(dailyRateMicros, 1_000_000)} 支付滞纳金，每笔账单的滞纳金不超过该账单金额的 ${formatPercent(capBasisPoints, 10_000)}。`;

const overdueText = ({ graceDays, minimumArrearsFen }: EnforcementPolicy): string =>
  `账单应付日${graceDays > 0 ? `届满 ${graceDays} 日后` : '届满后'}仍未付清${minimumArrearsFen > 0 ? `且欠费达到 ${formatYuan(minimumArrearsFen)}` : ''}，经甲方送达欠费通知的`;

/** What party A may do about arrears, and what it never does, as the policy frozen into the lease says. */
function enforcementParagraphs(policy: EnforcementPolicy): string[] {
  if (policy.mode === 'notifyOnly') return ['欠费时甲方仅作催告，不采取限制门锁或供电的措施。'];
  const how = policy.mode === 'automatic' ? '由系统自动' : '经甲方工作人员逐户确认后';
  const quiet = policy.quietHours;
  return [
    `${overdueText(policy)}，乙方同意${how}锁闭该房屋门锁的外侧把手并停止供电，直至付清。` +
      (quiet === null ? '' : `每日 ${quiet.from}:00 至 ${quiet.until}:00 不开始采取该措施。`),
    '上述措施不影响从室内开门：任何时候室内人员均可自由离开。发生火警时门锁立即释放并暂停停电。付清后立即恢复；有紧急情况或异议的，甲方工作人员可以随时解除。',
  ];
}

const arrearsClause = ({ policy }: ContractModel): Clause => ({
  heading: '逾期付款与门锁、供电限制',
  paragraphs: [lateFeeParagraph(policy.lateFee), ...enforcementParagraphs(policy.enforcement)],
});

function penaltyText({ penalty }: TerminationPolicy): string {
  if (penalty.kind === 'none') return '提前终止不收取违约金';
  if (penalty.kind === 'deposit') return '提前终止的一方以押金数额作为违约金';
  return `提前终止的一方支付 ${penalty.months} 个月租金作为违约金`;
}

const endClause = ({ policy }: ContractModel): Clause => ({
  heading: '提前终止与违约责任',
  paragraphs: [
    `任何一方要求提前终止合同的，应当提前 ${policy.termination.noticeDays} 日通知对方，${penaltyText(policy.termination)}，双方另有约定的除外。`,
    `租赁期满前 ${policy.endingNoticeDays} 日，甲方提示乙方选择续租或者退房。`,
  ],
});

const checkoutClause = ({ policy }: ContractModel): Clause => ({
  heading: '退房与清算',
  paragraphs: [
    `退房日 ${policy.checkout.lockHour}:00 起该房屋门锁停用并停止供电，乙方应当在此之前腾空房屋。甲方在其后 ${policy.checkout.inspectionWorkingDays} 个工作日内完成查房，并就租金、费用、损失和押金进行清算。`,
  ],
});

const generalClause = (): Clause => ({
  heading: '其他',
  paragraphs: [
    '乙方应当合理使用房屋及其设施，不得擅自改变房屋结构、转租或者用于违法活动；甲方应当保证房屋符合安全和居住要求并及时维修。',
    '本合同的通知以平台站内消息送达，自进入对方收件箱时视为送达。因本合同发生的争议协商不成的，向该房屋所在地人民法院起诉。',
    '本合同自乙方签署、付清首期账单且甲方盖章之日起生效。附件与合同正文具有同等效力。',
  ],
});

/** The articles of the contract in order, each true to terms and policy. */
export const contractClauses = (model: ContractModel): Clause[] => [
  roomClause(model.room),
  termClause(model),
  rentClause(model),
  depositClause(model),
  arrearsClause(model),
  endClause(model),
  checkoutClause(model),
  generalClause(),
];
