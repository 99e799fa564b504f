import { z } from 'zod';

export const SendSms = z.strictObject({
  /** Our number for the message: sent twice, it arrives once. */
  messageId: z.string().min(1).max(64),
  phone: z.string().regex(/^\+?\d{5,15}$/),
  text: z.string().min(1).max(500),
  /** Business time. */
  at: z.iso.datetime(),
});
export type SendSms = z.infer<typeof SendSms>;
