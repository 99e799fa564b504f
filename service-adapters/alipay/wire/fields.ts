import { z } from 'zod';
import { shanghaiIso } from './shanghai-time';
import { fenOfYuan } from './yuan';

/** Yuan on the wire, fen for us. */
export const YuanAmount = z.string().transform((text, context) => {
  const amount = fenOfYuan(text);
  if (amount !== undefined) return amount;
  context.addIssue({ code: 'custom', message: `not yuan with two decimals: ${text}` });
  return z.NEVER;
});

/** Alipay's GMT+8 text on the wire, an ISO instant for us. */
export const AlipayTime = z.string().transform((text, context) => {
  const instant = shanghaiIso(text);
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: `not a time: ${text}` });
  return z.NEVER;
});
