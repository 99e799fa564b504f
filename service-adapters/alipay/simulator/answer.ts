/** The inner object of an answer. */
export type Body = Readonly<Record<string, unknown>>;

export const success = (fields: Body = {}): Body => ({ code: '10000', msg: 'Success', ...fields });

export const inProgress = (fields: Body): Body => ({ code: '10003', msg: 'order success pay inprocess', ...fields });

const REASONS: Readonly<Record<string, string>> = {
  'ACQ.TRADE_NOT_EXIST': '交易不存在',
  'ACQ.TRADE_STATUS_ERROR': '交易状态不合法',
  'ACQ.TRADE_HAS_SUCCESS': '交易已被支付',
  'ACQ.TRADE_HAS_CLOSE': '交易已经关闭',
  'ACQ.CONTEXT_INCONSISTENT': '交易信息被篡改',
  'ACQ.INVALID_PARAMETER': '参数无效',
  'ACQ.DISCORDANT_REPEAT_REQUEST': '不一致的重复请求',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': '退款金额超限',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': '卖家余额不足',
};

/** A business refusal with Alipay's own code. */
export const refusal = (subCode: string, reason = REASONS[subCode] ?? subCode): Body => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: subCode,
  sub_msg: reason,
});

/** The gateway's own refusal, before any business. */
export const invalid = (subCode: string, reason: string): Body => ({
  code: '40002',
  msg: 'Invalid Arguments',
  sub_code: subCode,
  sub_msg: reason,
});

export const outOfService = (): Body => ({
  code: '20000',
  msg: 'Service Currently Unavailable',
  sub_code: 'isp.unknow-error',
  sub_msg: '系统繁忙',
});
