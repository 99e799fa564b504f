/** Where money comes in from or goes out to; each has its own cash account. `simulator` is the demo's cashier and says so. */
export const PAYMENT_CHANNELS = ['alipay', 'wechat', 'unionpay', 'bank', 'cash', 'simulator'] as const;
export type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/** Channels at which an order of ours can be paid on the provider's page, and whose money goes back through the provider. */
export const ORDER_CHANNELS = ['alipay', 'wechat', 'simulator'] as const satisfies readonly PaymentChannel[];
export type OrderChannel = (typeof ORDER_CHANNELS)[number];

export type AccountKind = 'asset' | 'liability' | 'revenue' | 'expense' | 'equity';

export type AccountCode =
  | 'receivable'
  | `cash.${PaymentChannel}`
  | 'deposit'
  | 'prepayment'
  | 'refundPayable'
  | 'tax.output'
  | 'revenue.rent'
  | 'revenue.propertyFee'
  | 'revenue.utilities'
  | 'revenue.lateFee'
  | 'revenue.penalty'
  | 'revenue.damage'
  | 'revenue.other'
  | 'discount'
  | 'waiver'
  | 'opening';

export type Account = {
  readonly code: AccountCode;
  readonly kind: AccountKind;
  readonly nameZh: string;
  readonly nameEn: string;
  /** One account per community; otherwise one per operator. */
  readonly perCommunity: boolean;
};

/** As people call them, in Chinese and English. */
export const CHANNEL_NAMES: Readonly<Record<PaymentChannel, readonly [zh: string, en: string]>> = {
  alipay: ['支付宝', 'Alipay'],
  wechat: ['微信支付', 'WeChat Pay'],
  unionpay: ['银联', 'UnionPay'],
  bank: ['银行转账', 'bank transfer'],
  cash: ['现金', 'cash'],
  simulator: ['模拟收银台', 'simulated cashier'],
};

const account = (
  code: AccountCode,
  kind: AccountKind,
  nameZh: string,
  nameEn: string,
  perCommunity = true,
): Account => ({
  code,
  kind,
  nameZh,
  nameEn,
  perCommunity,
});

/**
 * Chart of accounts (会计科目). Discounts are a revenue account that is debited (冲减收入), waivers an expense; money, output tax and refunds
 * on their way out belong to the operator as a whole, everything else to a community.
 */
export const CHART_OF_ACCOUNTS: readonly Account[] = [
  account('receivable', 'asset', '应收账款', 'Receivables'),
  ...PAYMENT_CHANNELS.map((channel) => {
    const [zh, en] = CHANNEL_NAMES[channel];
    return account(`cash.${channel}`, 'asset', `货币资金（${zh}）`, `Cash (${en})`, false);
  }),
  account('deposit', 'liability', '押金', 'Deposits held'),
  account('prepayment', 'liability', '预收款', 'Prepayments'),
  account('refundPayable', 'liability', '应付退款', 'Refunds payable', false),
  account('tax.output', 'liability', '应交增值税（销项）', 'Output VAT', false),
  account('revenue.rent', 'revenue', '租金收入', 'Rent'),
  account('revenue.propertyFee', 'revenue', '物业费收入', 'Property fees'),
  account('revenue.utilities', 'revenue', '水电费收入', 'Utilities'),
  account('revenue.lateFee', 'revenue', '滞纳金收入', 'Late fees'),
  account('revenue.penalty', 'revenue', '违约金收入', 'Penalties'),
  account('revenue.damage', 'revenue', '赔偿收入', 'Damages'),
  account('revenue.other', 'revenue', '其他收入', 'Other revenue'),
  account('discount', 'revenue', '租金优惠', 'Discounts'),
  account('waiver', 'expense', '减免支出', 'Waivers'),
  account('opening', 'equity', '期初余额', 'Opening balances'),
];
