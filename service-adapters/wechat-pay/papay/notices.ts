import type { Received } from '../../payment-provider';
import { type NoticesOptions, openNotice, refuseNotice } from '../client/notices';
import { strangeness } from '../client/orders';
import { Transaction } from '../wire';
import type { PapayNoticeAnswer } from './papay';
import { Contract, contractState, deductionState } from './wire';

/** Reads what comes to the addresses of contracts and deductions; a payment's notice is the same as any other order's. */
export function createPapayNoticeReader(options: NoticesOptions): (received: Received) => PapayNoticeAnswer {
  const { merchant } = options;
  return (received) => {
    const signed = openNotice(received, options);
    if (!signed.ok) return signed;
    const { id: noticeId, event } = signed;
    if (event === 'ENTRUST.SIGN' || event === 'ENTRUST.TERMINATE') {
      const told = Contract.safeParse(signed.content());
      if (!told.success) return refuseNotice('Unreadable', 'no contract');
      const { mchid, appid } = told.data;
      if (mchid !== merchant.mchid || appid !== merchant.appid)
        return refuseNotice('NotOurs', `for ${mchid}, ${appid}`);
      return { ok: true, notice: { kind: 'contract', noticeId, contract: contractState(told.data) } };
    }
    if (event !== 'TRANSACTION.SUCCESS' && event !== 'TRANSACTION.FAIL') {
      return { ok: true, notice: { kind: 'other', noticeId, what: event } };
    }
    const told = Transaction.safeParse(signed.content());
    if (!told.success) return refuseNotice('Unreadable', 'no payment in whole fen of CNY');
    const strange = strangeness(told.data, merchant);
    if (strange !== undefined) return refuseNotice('NotOurs', strange);
    const deduction = deductionState(told.data);
    const fits = deduction?.status === (event === 'TRANSACTION.SUCCESS' ? 'paid' : 'failed');
    return deduction !== undefined && fits
      ? { ok: true, notice: { kind: 'deduction', noticeId, deduction } }
      : refuseNotice('Unreadable', 'its state is not that of its event');
  };
}
