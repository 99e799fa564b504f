import type { Fen } from '../../../domain/money';
import type { Answer } from '../../payment-provider';

/** Where money is sent. An account named by what its owner logs in with, and a card, need the owner's name: Alipay compares it. */
export type Payee =
  | { readonly kind: 'userId'; readonly userId: string }
  | { readonly kind: 'openId'; readonly openId: string }
  | { readonly kind: 'logonId'; readonly logonId: string; readonly name: string }
  /** `bank`: its name as Alipay lists it (`inst_name`). */
  | { readonly kind: 'bankCard'; readonly cardNumber: string; readonly name: string; readonly bank: string };

export type NewTransfer = {
  /** Ours, at most 64 letters, digits and underscores; the same number with the same content is the same transfer. */
  readonly outBizNo: string;
  /** At least 10 fen. */
  readonly amountFen: Fen;
  readonly payee: Payee;
  /** What the payee sees. */
  readonly title: string;
  readonly remark: string;
};

export type TransferState = {
  readonly outBizNo: string;
  /** `returned`: it had arrived and came back (a card's bank may do that days later). Only `done` may be told to anybody. */
  readonly status: 'processing' | 'done' | 'failed' | 'returned';
  readonly amountFen: Fen;
  /** Alipay's `order_id`. */
  readonly providerNumber: string | null;
  readonly doneAt: string | null;
  /** Alipay's words for why not. */
  readonly failure: string | null;
};

/** Money out of the merchant's account. Idempotent by our number; none throws for what Alipay or the line does. */
export type AlipayTransfers = {
  transfer(transfer: NewTransfer): Promise<Answer<TransferState>>;
  /** Refused with `ORDER_NOT_EXIST` when Alipay has never received it. */
  query(transfer: Pick<NewTransfer, 'outBizNo' | 'payee'>): Promise<Answer<TransferState>>;
};
