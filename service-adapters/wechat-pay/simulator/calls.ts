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
export class Calls {
  readonly #options: CallsOptions;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  open(product: Product, body: string): Outcome {
    const { book, merchant, publicUrl, now } = this.#options;
    const request = OrderRequest.safeParse(parseJson(body));
    if (!request.success) return refusal('PARAM_ERROR', `参数错误：${request.error.issues[0]?.path.join('.')}`);
    if (request.data.appid !== merchant.appid) return refusal('APPID_MCHID_NOT_MATCH');
    if (product === 'jsapi' && request.data.payer === undefined) {
      return refusal('PARAM_ERROR', '参数错误：payer.openid');
    }
    if (product === 'h5' && request.data.scene_info?.h5_info === undefined) {
      return refusal('PARAM_ERROR', '参数错误：scene_info.h5_info');
    }
    const strange = this.#refuseMerchant(request.data.mchid);
    const order = strange ?? book.order(product, request.data, now());
    return isRefusal(order) ? order : opened(order, publicUrl);
  }

  query(outTradeNo: string, mchid: unknown): Outcome {
    return this.#tell(this.#options.book.find(outTradeNo), mchid);
  }

  queryByNumber(transactionId: string, mchid: unknown): Outcome {
    return this.#tell(this.#options.book.findBy(transactionId), mchid);
  }

  close(outTradeNo: string, body: string): Outcome {
    const asked = parseJson(body);
    const mchid = typeof asked === 'object' && asked !== null && 'mchid' in asked ? asked.mchid : undefined;
    return this.#refuseMerchant(mchid) ?? this.#options.book.close(outTradeNo);
  }

  refund(body: string): Outcome {
    const { book, faults, teller, refundMs, now } = this.#options;
    const request = RefundRequest.safeParse(parseJson(body));
    if (!request.success) return refusal('PARAM_ERROR', `参数错误：${request.error.issues[0]?.path.join('.')}`);
    const isNew = book.findRefund(request.data.out_refund_no) === undefined;
    const fault = isNew ? faults.take('refund', () => true) : undefined;
    if (fault?.how === 'not-enough') return refusal('NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
    const as = SETTLES_AS[fault?.how ?? 'success'];
    const stored = book.refund(request.data, { nowMs: now(), afterMs: fault?.delayMs ?? refundMs, as });
    if (isRefusal(stored)) return stored;
    teller.expect(stored);
    return this.queryRefund(request.data.out_refund_no);
  }

  queryRefund(outRefundNo: string): Outcome {
    const { book } = this.#options;
    const stored = book.findRefund(outRefundNo);
    const order = stored && book.find(stored.outTradeNo);
    return stored === undefined || order === undefined ? refusal('RESOURCE_NOT_EXISTS') : refundOf(stored, order);
  }

  #refuseMerchant(mchid: unknown): Refusal | undefined {
    const isOurs = mchid === this.#options.merchant.mchid;
    return isOurs ? undefined : refusal('PARAM_ERROR', '商户号与签名的商户号不一致');
  }

  #tell(order: StoredOrder | undefined, mchid: unknown): Outcome {
    const found = order === undefined ? refusal('ORDER_NOT_EXIST') : transactionOf(order);
    return this.#refuseMerchant(mchid) ?? found;
  }
}

function opened({ product, token, prepayId }: StoredOrder, publicUrl: string): object {
  if (product === 'native') return { code_url: `weixin://wxpay/bizpayurl?pr=${token}` };
  if (product === 'jsapi') return { prepay_id: prepayId };
  return { h5_url: `${publicUrl}/wechat-pay/checkmweb?prepay_id=${prepayId}&package=${token.slice(0, 10)}` };
}
