import { z } from 'zod';
import type { Received } from '../../payment-provider';
import type { AlipayContext } from '../context';
import { verifyFields } from '../notice';
import { AlipayTime } from '../wire/fields';
import type { AgreementNoticeAnswer } from './agreement';

const Signed = z.object({
  notify_id: z.string().min(1),
  notify_type: z.enum(['dut_user_sign', 'dut_user_unsign']),
  agreement_no: z.string().min(1),
  external_agreement_no: z.string(),
  status: z.enum(['NORMAL', 'UNSIGN']),
  alipay_logon_id: z.string().optional(),
  sign_time: AlipayTime.optional(),
});

/** Decides whether a notification is Alipay's word on an agreement with us. Pure. */
export function readAgreementNotice(context: AlipayContext, received: Received): AgreementNoticeAnswer {
  const verified = verifyFields(context, received);
  if (!verified.ok) return verified;
  const parsed = Signed.safeParse(
    Object.fromEntries(Object.entries(verified.fields).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) return { ok: false, code: 'Unreadable', why: parsed.error.message };
  const { notify_id: noticeId, notify_type, status, ...rest } = parsed.data;
  if ((notify_type === 'dut_user_sign') !== (status === 'NORMAL'))
    return { ok: false, code: 'Unreadable', why: `${notify_type} with status ${status}` };
  const agreement = {
    externalAgreementNo: rest.external_agreement_no,
    agreementNo: rest.agreement_no,
    status: status === 'NORMAL' ? 'active' : 'ended',
    payer: rest.alipay_logon_id ?? null,
    signedAt: rest.sign_time ?? null,
  } as const;
  return { ok: true, notice: { noticeId, agreement } };
}
