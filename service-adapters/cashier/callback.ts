import { PaymentNotification } from '../../contract/cashier';
import { type Fen, fen } from '../../domain/money';
import { type Headers, refuseSignature, type SignatureRefusal } from '../signing';

/** A payment that the provider vouches for. Stored once, by `providerNumber`. */
export type VerifiedPayment = {
  readonly providerNumber: string;
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** Business time, ISO. */
  readonly paidAt: string;
  readonly attach: string | null;
};

export type NotificationRefusal = SignatureRefusal | 'MalformedBody';

/** Answered to a notification once it is stored; anything else makes the provider send it again. */
export const NOTIFICATION_ACCEPTED = 'success';

/**
 * Decides whether a notification is the provider's word. Pure: `body` is the exact text received, `nowMs` the wall clock
 * against which the age of the signature is measured.
 */
export function verifyNotification(
  received: { readonly body: string; readonly headers: Headers; readonly nowMs: number },
  providerPublicPem: string,
):
  | { readonly ok: true; readonly payment: VerifiedPayment }
  | { readonly ok: false; readonly code: NotificationRefusal } {
  const refusal = refuseSignature({ ...received, scope: 'message' }, providerPublicPem);
  if (refusal !== undefined) return { ok: false, code: refusal };
  const notification = parseNotification(received.body);
  if (notification === undefined) return { ok: false, code: 'MalformedBody' };
  const { providerNumber, outTradeNo, amountFen, paidAt, attach } = notification;
  return { ok: true, payment: { providerNumber, outTradeNo, amountFen: fen(amountFen), paidAt, attach } };
}

function parseNotification(body: string): PaymentNotification | undefined {
  try {
    return PaymentNotification.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
