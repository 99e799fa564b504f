import { parseJson } from '../wire';
import type { Book } from './book';
import { refundOf, transactionOf } from './contents';
import type { Faults } from './faults';
import type { KnownMerchant } from './merchant-signature';
import type { SettledAs, StoredOrder } from './records';
import { isRefusal, type Refusal, refusal } from './refusals';
import { OrderRequest, type Product, RefundRequest } from './requests';
import type { Teller } from './teller';

/** Undefined: done, without content (204). */
export type Outcome = object | Refusal | undefined;

export type CallsOptions = {
  readonly book: Book;
  readonly faults: Faults;
  readonly teller: Teller;
  readonly merchant: Pick<KnownMerchant, 'appid' | 'mchid'>;
  /** Where payers reach the pages, without a slash at its end. */
  readonly publicUrl: string;
  /** How long a refund stays PROCESSING. */
  readonly refundMs: number;
  readonly now: () => number;
};

const SETTLES_AS = { success: 'SUCCESS', abnormal: 'ABNORMAL', closed: 'CLOSED' } as const satisfies Record<
  string,
  SettledAs
>;

/** Answers the merchant's calls, signatures apart. */
export type Calls = ReturnType<typeof createCalls>;

export function createCalls(options: CallsOptions) {
  const { book, faults, teller, merchant, now } = options;

  const ofMerchant = (mchid: unknown): Refusal | undefined =>
    mchid === merchant.mchid ? undefined : refusal('PARAM_ERROR', '商户号与签名的商户号不一致');

  function open(product: Product, body: string): Outcome {
    const request = OrderRequest.safeParse(parseJson(body));
    if (!request.success) return refusal('PARAM_ERROR', `参数错误：${request.error.issues[0]?.path.join('.')}`);
    if (request.data.appid !== merchant.appid) return refusal('APPID_MCHID_NOT_MATCH');
    if (product === 'jsapi' && request.data.payer === undefined)
      return refusal('PARAM_ERROR', '参数错误：payer.openid');
    if (product === 'h5' && request.data.scene_info?.h5_info === undefined) {
      return refusal('PARAM_ERROR', '参数错误：scene_info.h5_info');
    }
    const strange = ofMerchant(request.data.mchid);
    const order = strange ?? book.order(product, request.data, now());
    return isRefusal(order) ? order : opened(order, options.publicUrl);
  }

  function find(outTradeNo: string | undefined, mchid: unknown, order: StoredOrder | undefined): Outcome {
    const strange = ofMerchant(mchid);
    if (strange !== undefined) return strange;
    return order === undefined ? refusal('ORDER_NOT_EXIST', `订单${outTradeNo ?? ''}不存在`) : transactionOf(order);
  }

  function refund(body: string): Outcome {
    const request = RefundRequest.safeParse(parseJson(body));
    if (!request.success) return refusal('PARAM_ERROR', `参数错误：${request.error.issues[0]?.path.join('.')}`);
    const isNew = book.findRefund(request.data.out_refund_no) === undefined;
    const fault = isNew ? faults.take('refund', () => true) : undefined;
    if (fault?.how === 'not-enough') return refusal('NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
    const as = SETTLES_AS[fault?.how ?? 'success'];
    const stored = book.refund(request.data, { nowMs: now(), afterMs: fault?.delayMs ?? options.refundMs, as });
    if (isRefusal(stored)) return stored;
    teller.expect(stored);
    return queryRefund(request.data.out_refund_no);
  }

  function queryRefund(outRefundNo: string): Outcome {
    const stored = book.findRefund(outRefundNo);
    const order = stored && book.find(stored.outTradeNo);
    return stored === undefined || order === undefined ? refusal('RESOURCE_NOT_EXISTS') : refundOf(stored, order);
  }

  return {
    open,
    query: (outTradeNo: string, mchid: unknown) => find(outTradeNo, mchid, book.find(outTradeNo)),
    queryByNumber: (transactionId: string, mchid: unknown) => find(undefined, mchid, book.findBy(transactionId)),
    close: (outTradeNo: string, body: string): Outcome => {
      const asked = parseJson(body);
      const mchid = typeof asked === 'object' && asked !== null && 'mchid' in asked ? asked.mchid : undefined;
      return ofMerchant(mchid) ?? book.close(outTradeNo);
    },
    refund,
    queryRefund,
  };
}

function opened({ product, token, prepayId }: StoredOrder, publicUrl: string): object {
  if (product === 'native') return { code_url: `weixin://wxpay/bizpayurl?pr=${token}` };
  if (product === 'jsapi') return { prepay_id: prepayId };
  return { h5_url: `${publicUrl}/wechat-pay/checkmweb?prepay_id=${prepayId}&package=${token.slice(0, 10)}` };
}
