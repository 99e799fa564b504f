import { z } from 'zod';
import { fen } from '../../../../domain/money';
import { shanghaiText } from '../../wire/shanghai-time';
import { fenOfYuan, yuanText } from '../../wire/yuan';
import { refusal, success } from '../answer';
import type { Method } from '../trade-methods';
import type { Transfer } from './book';

const NAMED = ['ALIPAY_LOGON_ID', 'BANKCARD_ACCOUNT'];

const Order = z.object({
  out_biz_no: z.string().regex(/^[0-9A-Za-z_]{1,64}$/),
  trans_amount: z.string().refine((text) => (fenOfYuan(text) ?? 0) >= 10),
  product_code: z.enum(['TRANS_ACCOUNT_NO_PWD', 'TRANS_BANKCARD_NO_PWD']),
  biz_scene: z.literal('DIRECT_TRANSFER'),
  order_title: z.string().min(1).max(128),
  payee_info: z
    .object({
      identity: z.string().min(1),
      identity_type: z.enum(['ALIPAY_USER_ID', 'ALIPAY_LOGON_ID', 'ALIPAY_OPEN_ID', 'BANKCARD_ACCOUNT']),
      name: z.string().min(1).optional(),
    })
    .refine(({ identity_type, name }) => name !== undefined || !NAMED.includes(identity_type)),
});

const describe = ({ request, orderId, status, at }: Transfer) => ({
  out_biz_no: request.outBizNo,
  order_id: orderId,
  pay_fund_order_id: orderId,
  status,
  ...(status === 'SUCCESS' ? { trans_date: shanghaiText(at) } : {}),
});

const OUTCOMES: Readonly<Record<string, Transfer['outcome']>> = {
  'rejected-later': 'FAIL',
  'returned-later': 'REFUND',
};

const transfer: Method = (state, { biz, method }) => {
  const parsed = Order.safeParse(biz);
  if (!parsed.success) return refusal('INVALID_PARAMETER', '参数有误');
  const { out_biz_no: outBizNo, trans_amount, product_code: productCode, payee_info } = parsed.data;
  const fault = state.faults.takeAnswer(method, [
    'insufficient-balance',
    'in-progress',
    'rejected-later',
    'returned-later',
  ]);
  if (fault?.kind === 'insufficient-balance') return refusal('PAYER_BALANCE_NOT_ENOUGH', '付款方余额不足');
  const request = { outBizNo, amountFen: fenOfYuan(trans_amount) ?? 0, productCode, identity: payee_info.identity };
  const made = state.transfers.take(request, {
    status: fault === undefined || fault.kind === 'returned-later' ? 'SUCCESS' : 'DEALING',
    outcome: OUTCOMES[fault?.kind ?? ''] ?? 'SUCCESS',
    now: state.now(),
  });
  if (made === undefined) return refusal('REQUEST_INCONSISTENT', '两次请求内容不一致');
  if (fault !== undefined) state.later(fault.delayMs, () => state.transfers.end(outBizNo, state.now()));
  return success(describe(made));
};

const Which = z.object({ out_biz_no: z.string(), product_code: z.string(), biz_scene: z.string() });

const query: Method = (state, { biz }) => {
  const which = Which.safeParse(biz);
  if (!which.success) return refusal('INVALID_PARAMETER', '参数有误');
  const found = state.transfers.find(which.data.out_biz_no);
  if (found === undefined || found.request.productCode !== which.data.product_code)
    return refusal('ORDER_NOT_EXIST', '转账订单不存在');
  return success({
    ...describe(found),
    trans_amount: yuanText(fen(found.request.amountFen)),
    ...(found.status === 'SUCCESS' ? { pay_date: shanghaiText(found.at) } : {}),
    ...(found.status === 'FAIL' || found.status === 'REFUND'
      ? { error_code: 'PAYEE_ACCOUNT_STATUS_ERROR', fail_reason: '收款账户状态异常' }
      : {}),
  });
};

export const TRANSFER_METHODS: Readonly<Record<string, Method>> = {
  'alipay.fund.trans.uni.transfer': transfer,
  'alipay.fund.trans.common.query': query,
};
