import { z } from 'zod';
import { parseJson } from '../wire';
import type { Book } from './book';
import type { Outcome } from './calls';
import { ContractRequest, type Contracts, contractOf, type StoredContract } from './contracts';
import type { KnownMerchant } from './merchant-signature';
import type { Notifier } from './notifier';
import type { StoredOrder } from './records';
import { isRefusal, type Refusal, refusal } from './refusals';
import type { Teller } from './teller';

const money = z.object({ total: z.int().positive(), currency: z.literal('CNY') });
const Booking = z.object({ appid: z.string(), schedule_amount: money });
const Announcement = z.object({
  appid: z.string(),
  estimated_amount: z.object({ amount: z.int().positive(), currency: z.literal('CNY') }),
});
const Deduction = z.object({
  appid: z.string(),
  out_trade_no: z.string().regex(/^[0-9A-Za-z_\-*]{6,32}$/),
  description: z.string().min(1).max(127),
  attach: z.string().max(128).optional(),
  transaction_notify_url: z.string().regex(/^https?:\/\/[^?#\s]+$/),
  contract_id: z.string(),
  amount: money,
});

export type PapayDeskOptions = {
  readonly book: Book;
  readonly contracts: Contracts;
  readonly notifier: Notifier;
  readonly merchant: Pick<KnownMerchant, 'appid' | 'mchid'>;
  readonly publicUrl: string;
  readonly now: () => number;
};

/**
 * Contracts and deductions of the simulated provider. It does not hold the calendar of bookings and deductions against the merchant: days of a
 * demo are not those of its clock.
 */
export class PapayDesk {
  readonly #options: PapayDeskOptions;

  constructor(options: PapayDeskOptions) {
    this.#options = options;
  }

  open(body: string): Outcome {
    const request = ContractRequest.safeParse(parseJson(body));
    if (!request.success) return refusal('PARAM_ERROR', `参数错误：${request.error.issues[0]?.path.join('.')}`);
    if (request.data.appid !== this.#options.merchant.appid) return refusal('APPID_MCHID_NOT_MATCH');
    const contract = this.#options.contracts.open(request.data);
    return isRefusal(contract)
      ? contract
      : { redirect_url: `${this.#options.publicUrl}/wechat-pay/papay/${contract.token}` };
  }

  query(planId: number, code: string): Outcome {
    const contract = this.#everSigned(planId, code);
    return contract === undefined
      ? refusal('CONTRACT_NOT_EXISTED')
      : contractOf(contract, this.#options.merchant.mchid);
  }

  terminate(planId: number, code: string): Outcome {
    const contract = this.#everSigned(planId, code);
    if (contract === undefined) return refusal('CONTRACT_NOT_EXISTED');
    if (contract.state === 'SIGNED') this.#end(contract);
    return undefined;
  }

  book(contractId: string, body: string): Outcome {
    const request = Booking.safeParse(parseJson(body));
    const contract = this.#signed(contractId);
    if (!request.success) return refusal('PARAM_ERROR');
    if (isRefusal(contract)) return contract;
    const plan = contract.request.deduct_schedule;
    const { total } = request.data.schedule_amount;
    if (plan === undefined) return refusal('INVALID_REQUEST', '该模板不是预约扣费模板');
    if (plan.estimated_deduct_amount.total !== total)
      return refusal('INVALID_REQUEST', '金额与签约时的预计扣费金额不一致');
    return scheduleOf(this.#options.contracts.change(contract, { readyFen: total }));
  }

  queryBooking(contractId: string): Outcome {
    const contract = this.#options.contracts.findBy(contractId);
    return contract === undefined ? refusal('CONTRACT_NOT_EXISTED') : scheduleOf(contract);
  }

  announce(contractId: string, body: string): Outcome {
    const request = Announcement.safeParse(parseJson(body));
    const contract = this.#signed(contractId);
    if (!request.success) return refusal('PARAM_ERROR');
    if (isRefusal(contract)) return contract;
    if (contract.request.deduct_schedule !== undefined)
      return refusal('INVALID_REQUEST', '预约扣费模板不发送预扣费通知');
    this.#options.contracts.change(contract, { readyFen: request.data.estimated_amount.amount });
    return undefined;
  }

  deduct(body: string, teller: Teller): Outcome {
    const request = Deduction.safeParse(parseJson(body));
    if (!request.success) return refusal('PARAM_ERROR', `参数错误：${request.error.issues[0]?.path.join('.')}`);
    const { transaction_notify_url: notify_url, contract_id, ...rest } = request.data;
    const known = this.#options.book.find(rest.out_trade_no);
    const contract = this.#signed(contract_id);
    if (isRefusal(contract) && (known === undefined || known.paidMs === null)) return contract;
    if (known === undefined && !isRefusal(contract) && contract.readyFen !== rest.amount.total) {
      return refusal('INVALID_REQUEST', '没有相同金额的扣费预约或预扣费通知');
    }
    const order = this.#options.book.deduct({ ...rest, mchid: this.#options.merchant.mchid, notify_url, contract_id });
    if (isRefusal(order)) return order;
    teller.expectDeduction(order);
    return { ...rest, mchid: this.#options.merchant.mchid, contract_id };
  }

  /** A scheduled plan ends with its deduction; an ordinary one needs another announcement. */
  onDeducted({ request }: StoredOrder): void {
    const contract = this.#options.contracts.findBy(request.contract_id ?? '');
    if (contract?.state !== 'SIGNED') return;
    if (contract.request.deduct_schedule !== undefined) this.#end(contract, { isUsed: true });
    else this.#options.contracts.change(contract, { readyFen: null });
  }

  /** The payer presses a button. */
  press(contract: StoredContract, button: string): void {
    if (button === 'sign' && contract.state === 'NEW') {
      this.#tell(this.#options.contracts.change(contract, { state: 'SIGNED', signedMs: this.#options.now() }), 'SIGN');
    }
    if (button === 'end' && contract.state === 'SIGNED') this.#end(contract);
  }

  #tell(contract: StoredContract, event: 'SIGN' | 'TERMINATE'): void {
    const { book, notifier, merchant, now } = this.#options;
    const about = { about: 'contract', eventType: `ENTRUST.${event}`, originalType: 'entrust' } as const;
    const summary = event === 'SIGN' ? '委托代扣签约通知' : '委托代扣解约通知';
    const content = contractOf(contract, merchant.mchid);
    const url = contract.request.contract_notify_url;
    notifier.send(book.notice({ ...about, url, summary, content, createdMs: now() }));
  }

  #end(contract: StoredContract, change: { isUsed?: boolean } = {}): void {
    const ended = { ...change, state: 'TERMINATED', endedMs: this.#options.now(), readyFen: null } as const;
    this.#tell(this.#options.contracts.change(contract, ended), 'TERMINATE');
  }

  #signed(contractId: string): StoredContract | Refusal {
    const contract = this.#options.contracts.findBy(contractId);
    if (contract === undefined || contract.state === 'NEW') return refusal('CONTRACT_NOT_EXISTED');
    return contract.state === 'SIGNED' ? contract : refusal('INVALID_REQUEST', '协议已解约');
  }

  #everSigned(planId: number, code: string): StoredContract | undefined {
    const contract = this.#options.contracts.find(planId, code);
    return contract === undefined || contract.state === 'NEW' ? undefined : contract;
  }
}

function scheduleOf({ request, readyFen, isUsed }: StoredContract): object {
  const plan = request.deduct_schedule;
  if (plan === undefined || (readyFen === null && !isUsed)) return { schedule_state: 'NO_SCHEDULED' };
  return {
    schedule_state: isUsed ? 'PAID' : 'SCHEDULED',
    deduct_start_date: plan.estimated_deduct_date,
    deduct_end_date: plan.estimated_deduct_date,
    scheduled_amount: plan.estimated_deduct_amount,
  };
}
