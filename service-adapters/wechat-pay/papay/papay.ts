import type { LocalDate } from '../../../domain/calendar';
import type { Fen } from '../../../domain/money';
import type { Answer, NoticeAnswer, Received } from '../../payment-provider';

/** Ours: a contract's number is used once, also when nothing comes of it. 1 to 32 of [0-9A-Za-z]. */
export type ContractKey = { readonly planId: number; readonly outContractCode: string };

export type NewContract = ContractKey & {
  /** What the payer sees as the account, e.g. the room. No emoji. */
  readonly displayAccount: string;
  readonly notifyUrl: string;
  /** Inside WeChat with the payer's openid, or from any other browser. */
  readonly openid?: string;
  /**
   * For a plan of the scheduled kind, which is good for one deduction of this amount on this day and ends with it. A plan of the ordinary kind takes
   * none, and may be deducted from again and again, each time after a notice.
   */
  readonly deduction?: { readonly on: LocalDate; readonly amountFen: Fen; readonly description: string };
};

export type ContractState = {
  readonly outContractCode: string;
  /** The provider's number, which deductions name. */
  readonly contractId: string;
  readonly status: 'signed' | 'ended' | 'failed';
  readonly signedAt: string | null;
  readonly endedAt: string | null;
};

export type ScheduleState = {
  readonly status: 'none' | 'booked' | 'paid' | 'expired';
  /** First and last day on which it can be deducted; null unless booked or paid. */
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
};

export type NewDeduction = {
  /** Ours; a failed one is tried again under the same number. */
  readonly outTradeNo: string;
  readonly contractId: string;
  readonly amountFen: Fen;
  readonly subject: string;
  readonly attach: string;
  readonly notifyUrl: string;
};

export type DeductionState = {
  readonly outTradeNo: string;
  readonly status: 'in-progress' | 'paid' | 'failed';
  readonly amountFen: Fen;
  readonly providerNumber: string | null;
  readonly paidAt: string | null;
};

export type PapayNotice =
  | { readonly kind: 'contract'; readonly noticeId: string; readonly contract: ContractState }
  | { readonly kind: 'deduction'; readonly noticeId: string; readonly deduction: DeductionState }
  | { readonly kind: 'other'; readonly noticeId: string; readonly what: string };

export type PapayNoticeAnswer =
  | { readonly ok: true; readonly notice: PapayNotice }
  | Extract<NoticeAnswer, { ok: false }>;

/** Deductions under a contract with the payer (委托代扣). Orders of deductions are queried, refunded and billed like any other. */
export type WechatPapay = {
  /** Where the payer signs, within ten minutes. */
  sign(contract: NewContract): Promise<Answer<{ readonly url: string }>>;
  queryContract(key: ContractKey): Promise<Answer<ContractState>>;
  terminate(key: ContractKey, why: string): Promise<Answer<null>>;
  /** Books the deduction of a scheduled plan: on the day before, between 8:00 and 19:30. */
  schedule(contractId: string, amountFen: Fen): Promise<Answer<ScheduleState>>;
  querySchedule(contractId: string): Promise<Answer<ScheduleState>>;
  /** Has the payer told of a coming deduction, which an ordinary plan demands. */
  announce(contractId: string, amountFen: Fen): Promise<Answer<null>>;
  /** Accepted only: whether it was taken is told by notice, or asked. */
  deduct(deduction: NewDeduction): Promise<Answer<null>>;
  queryDeduction(outTradeNo: string): Promise<Answer<DeductionState>>;
  readNotice(received: Received): PapayNoticeAnswer;
};
