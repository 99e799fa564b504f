import type { Fen } from '../../../domain/money';
import type { Answer, NoticeAnswer, OrderState, Received } from '../../payment-provider';

/** What the payer is asked to agree to: that we may deduct (商家扣款, `GENERAL_WITHHOLDING`). */
export type NewAgreement = {
  /** Ours, 6 to 32 letters and digits. */
  readonly externalAgreementNo: string;
  readonly notifyUrl: string;
  readonly returnUrl: string;
  /** The rule that the payer sees; Alipay refuses deductions above `singleFen`. Without it the contract with Alipay sets the limits. */
  readonly monthly?: {
    /** Day of the first deduction, `yyyy-MM-dd`; Alipay takes none after the 28th. */
    readonly firstOn: string;
    readonly months: number;
    readonly singleFen: Fen;
  };
};

export type AgreementState = {
  readonly externalAgreementNo: string;
  /** Alipay's number, which deductions name; null until signed. */
  readonly agreementNo: string | null;
  /** `pending`: the payer has not agreed yet. */
  readonly status: 'pending' | 'active' | 'ended';
  /** Who pays, as Alipay shows it: masked. */
  readonly payer: string | null;
  readonly signedAt: string | null;
};

export type NewDeduction = {
  readonly agreementNo: string;
  /** Ours, as of an order: 6 to 32 letters, digits and underscores. */
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  readonly subject: string;
  readonly notifyUrl: string;
  readonly attach: string;
  /** ISO instant after which Alipay takes no money for it. */
  readonly expiresAt: string;
};

/** A signing or its end, told by Alipay. */
export type AgreementNotice = { readonly noticeId: string; readonly agreement: AgreementState };
export type AgreementNoticeAnswer =
  | { readonly ok: true; readonly notice: AgreementNotice }
  | Extract<NoticeAnswer, { ok: false }>;

/** Standing permission to deduct. Calls are idempotent by our numbers; none throws for what Alipay or the line does. */
export type AlipayAgreements = {
  /** The page on which the payer agrees. Nothing is sent. */
  signUrl(agreement: NewAgreement): Answer<string>;
  query(externalAgreementNo: string): Promise<Answer<AgreementState>>;
  /** Ends it; ended twice is ended. */
  unsign(agreement: { readonly agreementNo: string; readonly externalAgreementNo: string }): Promise<Answer<null>>;
  /** `waiting` while Alipay is at it: ask the provider's `query` until it is known. Refused is final for this number. */
  deduct(deduction: NewDeduction): Promise<Answer<OrderState>>;
  /** Notices of agreements; those of the deductions themselves are payments, for the provider's `readNotice`. */
  readNotice(received: Received): AgreementNoticeAnswer;
};
