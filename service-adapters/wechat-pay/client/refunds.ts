import { fen } from '../../../domain/money';
import type { Answer, NewRefund, RefundState } from '../../payment-provider';
import { isoTime, Refund, type RefundStatus } from '../wire';
import type { Ask } from './ask';
import type { Call } from './exchange';
import { refuseRefund } from './refuse-early';

const STATUSES = {
  PROCESSING: 'processing',
  SUCCESS: 'done',
  ABNORMAL: 'abnormal',
  CLOSED: 'closed',
} as const satisfies Record<RefundStatus, RefundState['status']>;

type Told = Pick<Refund, 'refund_id' | 'out_refund_no' | 'success_time' | 'amount'> & { readonly status: RefundStatus };

export const refundState = (
  told: Omit<Told, 'amount'> & { readonly amount: { readonly refund: number } },
): RefundState => ({
  outRefundNo: told.out_refund_no,
  status: STATUSES[told.status],
  amountFen: fen(told.amount.refund),
  providerNumber: told.refund_id,
  doneAt: told.status === 'SUCCESS' && told.success_time !== undefined ? isoTime(told.success_time) : null,
});

const PATH = '/v3/refund/domestic/refunds';

/** The provider shows 80 bytes at most; a Chinese character is 3 of them. */
const shortened = (reason: string): string => [...reason].slice(0, 26).join('');

const refundBody = (refund: NewRefund) => ({
  out_trade_no: refund.outTradeNo,
  out_refund_no: refund.outRefundNo,
  ...(refund.reason === '' ? {} : { reason: shortened(refund.reason) }),
  notify_url: refund.notifyUrl,
  amount: { refund: refund.amountFen, total: refund.orderFen, currency: 'CNY' },
});

type Ours = Pick<NewRefund, 'outRefundNo' | 'outTradeNo'> & { readonly amountFen?: number };

const isOurs = (told: Refund, { outRefundNo, outTradeNo, amountFen }: Ours): boolean =>
  told.out_refund_no === outRefundNo &&
  told.out_trade_no === outTradeNo &&
  (amountFen === undefined || told.amount.refund === amountFen);

export function createRefunds(ask: Ask) {
  async function state(call: Call, ours: Ours): Promise<Answer<RefundState>> {
    const answer = await ask(call, Refund);
    if (answer.kind !== 'ok') return answer;
    if (!isOurs(answer.value, ours)) return { kind: 'unknown', why: 'the answer is about another refund or amount' };
    return { kind: 'ok', value: refundState(answer.value) };
  }

  return {
    refund: async (refund: NewRefund): Promise<Answer<RefundState>> =>
      refuseRefund(refund) ?? (await state({ method: 'POST', path: PATH, body: refundBody(refund) }, refund)),
    queryRefund: (ours: Pick<NewRefund, 'outRefundNo' | 'outTradeNo'>): Promise<Answer<RefundState>> => {
      const { outRefundNo, outTradeNo } = ours;
      const call = { method: 'GET', path: `${PATH}/${encodeURIComponent(outRefundNo)}` } as const;
      return state(call, { outRefundNo, outTradeNo });
    },
  };
}
