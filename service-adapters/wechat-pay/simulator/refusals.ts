/** Status and words of each code that the simulator answers, as the provider has them. */
const REFUSALS = {
  PARAM_ERROR: [400, '参数错误'],
  INVALID_REQUEST: [400, '无效请求'],
  APPID_MCHID_NOT_MATCH: [400, 'AppID和商户号不匹配'],
  MCH_NOT_EXISTS: [400, '商户号不存在'],
  ORDERPAID: [400, '该订单已支付'],
  ORDER_CLOSED: [400, '订单已关闭'],
  SIGN_ERROR: [401, '签名错误'],
  NOT_ENOUGH: [403, '余额不足'],
  OUT_TRADE_NO_USED: [403, '商户订单号重复'],
  ORDER_NOT_EXIST: [404, '订单不存在'],
  RESOURCE_NOT_EXISTS: [404, '退款单不存在'],
  CONTRACT_NOT_EXISTED: [404, '签约协议不存在'],
  NO_STATEMENT_EXIST: [400, '账单文件不存在'],
  FREQUENCY_LIMITED: [429, '频率限制'],
  SYSTEM_ERROR: [500, '系统异常，请稍后重试'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof REFUSALS;

export type Refusal = { readonly refused: RefusalCode; readonly message: string };

export const refusal = (code: RefusalCode, message: string = REFUSALS[code][1]): Refusal => ({
  refused: code,
  message,
});

export const isRefusal = (outcome: object): outcome is Refusal => 'refused' in outcome;

export const statusOf = ({ refused }: Refusal): number => REFUSALS[refused][0];
