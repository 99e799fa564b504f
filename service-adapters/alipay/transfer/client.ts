import { z } from 'zod';
import type { Fen } from '../../../domain/money';
import type { Answer } from '../../payment-provider';
import type { AlipayConfig } from '../config';
import { type AlipayContext, createContext } from '../context';
import { AlipayTime, YuanAmount } from '../wire/fields';
import { mapAnswer, toAnswer } from '../wire/outcome';
import { isPayable, yuanText } from '../wire/yuan';
import type { AlipayTransfers, NewTransfer, Payee, TransferState } from './transfer';

const SCENE = 'DIRECT_TRANSFER';
const LEAST_FEN = 10;

const productOf = (payee: Payee): string =>
  payee.kind === 'bankCard' ? 'TRANS_BANKCARD_NO_PWD' : 'TRANS_ACCOUNT_NO_PWD';

function payeeInfo(payee: Payee): object {
  switch (payee.kind) {
    case 'userId':
      return { identity: payee.userId, identity_type: 'ALIPAY_USER_ID' };
    case 'openId':
      return { identity: payee.openId, identity_type: 'ALIPAY_OPEN_ID' };
    case 'logonId':
      return { identity: payee.logonId, identity_type: 'ALIPAY_LOGON_ID', name: payee.name };
    case 'bankCard': {
      const bankcard_ext_info = { inst_name: payee.bank, account_type: '2' }; // 2: a person's
      return { identity: payee.cardNumber, identity_type: 'BANKCARD_ACCOUNT', name: payee.name, bankcard_ext_info };
    }
  }
}

const STATUSES = {
  SUCCESS: 'done',
  WAIT_PAY: 'processing',
  DEALING: 'processing',
  FAIL: 'failed',
  CLOSED: 'failed',
  REFUND: 'returned',
} as const satisfies Record<string, TransferState['status']>;

const Transferred = z.object({
  out_biz_no: z.string(),
  order_id: z.string().optional(),
  status: z.enum(['SUCCESS', 'WAIT_PAY', 'DEALING', 'FAIL', 'CLOSED', 'REFUND']),
  trans_amount: YuanAmount.optional(),
  trans_date: AlipayTime.optional(),
  pay_date: AlipayTime.optional(),
  fail_reason: z.string().optional(),
  error_code: z.string().optional(),
});

/** `askedFen`: Alipay repeats the amount when asked, not when told to transfer. */
function stateOf(found: z.infer<typeof Transferred>, outBizNo: string, askedFen?: Fen): Answer<TransferState> {
  if (found.out_biz_no !== outBizNo) return { kind: 'unknown', why: `the answer is about ${found.out_biz_no}` };
  const amountFen = found.trans_amount ?? askedFen;
  if (amountFen === undefined) return { kind: 'unknown', why: 'the answer names no amount' };
  if (askedFen !== undefined && amountFen !== askedFen)
    return { kind: 'unknown', why: `the answer is about ${amountFen} fen` };
  const status = STATUSES[found.status];
  const doneAt = status === 'done' ? (found.pay_date ?? found.trans_date ?? null) : null;
  const failure = [found.error_code, found.fail_reason].filter(Boolean).join(': ') || null;
  return {
    kind: 'ok',
    value: { outBizNo, status, amountFen, providerNumber: found.order_id ?? null, doneAt, failure },
  };
}

function refuseTransfer({ outBizNo, amountFen }: NewTransfer): Answer<never> | undefined {
  if (!/^[0-9A-Za-z_]{1,64}$/.test(outBizNo))
    return { kind: 'refused', code: 'InvalidTransferNumber', message: 'at most 64 letters, digits and underscores' };
  return isPayable(amountFen) && amountFen >= LEAST_FEN
    ? undefined
    : {
        kind: 'refused',
        code: 'InvalidAmount',
        message: `Alipay transfers whole fen from ${LEAST_FEN}, not ${amountFen}`,
      };
}

/** Alipay is at it: the same number may be asked again. */
const isUnderWay = (answer: Answer<unknown>): boolean =>
  answer.kind === 'refused' && answer.code === 'REQUEST_PROCESSING';

async function transfer({ gateway }: AlipayContext, order: NewTransfer): Promise<Answer<TransferState>> {
  const refusal = refuseTransfer(order);
  if (refusal !== undefined) return refusal;
  const { outBizNo, amountFen, payee } = order;
  const reply = await gateway.call('alipay.fund.trans.uni.transfer', {
    out_biz_no: outBizNo,
    trans_amount: yuanText(amountFen),
    product_code: productOf(payee),
    biz_scene: SCENE,
    order_title: order.title.slice(0, 128),
    payee_info: payeeInfo(payee),
    remark: order.remark.slice(0, 200),
  });
  const answer = toAnswer(reply, Transferred);
  if (isUnderWay(answer)) return { kind: 'unknown', why: 'Alipay is at it' };
  return mapAnswer(answer, (found) => stateOf(found, outBizNo, amountFen));
}

async function query(
  { gateway }: AlipayContext,
  { outBizNo, payee }: Pick<NewTransfer, 'outBizNo' | 'payee'>,
): Promise<Answer<TransferState>> {
  const biz = { product_code: productOf(payee), biz_scene: SCENE, out_biz_no: outBizNo };
  const answer = toAnswer(await gateway.call('alipay.fund.trans.common.query', biz), Transferred);
  return mapAnswer(answer, (found) => stateOf(found, outBizNo));
}

/** Transfers to accounts and cards. Alipay demands certificate mode for them in production. @throws Error when the configuration or a key in it is wrong. */
export function createAlipayTransfers(config: AlipayConfig, now: () => number = Date.now): AlipayTransfers {
  const context = createContext(config, now);
  return { transfer: (order) => transfer(context, order), query: (order) => query(context, order) };
}
