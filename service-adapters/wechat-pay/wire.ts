import { z } from 'zod';

/** Prices are whole fen in CNY; anything else is no amount of ours. */
const amount = z.int().positive();
const instant = z.iso.datetime({ offset: true });

const CNY = z.literal('CNY');

export const WireError = z.object({ code: z.string(), message: z.string().default('') });

export const Opened = z.object({
  prepay_id: z.string().min(1).optional(),
  code_url: z.string().min(1).optional(),
  h5_url: z.url({ protocol: /^https?$/ }).optional(),
});

const TRADE_STATES = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'] as const;

/** Answer to a query, and what a notice of a payment contains. `amount` and `transaction_id` may lack until somebody has paid. */
export const Transaction = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string().min(1),
  transaction_id: z.string().optional(),
  trade_type: z.string().optional(),
  trade_state: z.enum(TRADE_STATES),
  attach: z.string().optional(),
  success_time: instant.optional(),
  amount: z.object({ total: amount, currency: CNY.default('CNY') }).optional(),
});
export type Transaction = z.infer<typeof Transaction>;

export const REFUND_STATUSES = ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

export const Refund = z.object({
  refund_id: z.string().min(1),
  out_refund_no: z.string().min(1),
  out_trade_no: z.string().min(1),
  status: z.enum(REFUND_STATUSES),
  success_time: instant.optional(),
  amount: z.object({ refund: amount, total: amount, currency: CNY }),
});
export type Refund = z.infer<typeof Refund>;

/** A refund's notice has its own names, and no currency, as only yuan are refunded at home. */
export const RefundNotice = z.object({
  mchid: z.string(),
  refund_id: z.string().min(1),
  out_refund_no: z.string().min(1),
  out_trade_no: z.string().min(1),
  refund_status: z.enum(REFUND_STATUSES),
  success_time: instant.optional(),
  amount: z.object({ refund: amount, total: amount, currency: CNY.optional() }),
});

const sealed = z.object({
  algorithm: z.literal('AEAD_AES_256_GCM'),
  ciphertext: z.string(),
  nonce: z.string(),
  associated_data: z.string().default(''),
});

export const Envelope = z.object({
  id: z.string().min(1),
  event_type: z.string().min(1),
  resource: sealed,
});

export const Certificates = z.object({
  data: z.array(
    z.object({
      serial_no: z.string().min(1),
      effective_time: instant,
      expire_time: instant,
      encrypt_certificate: sealed,
    }),
  ),
});

/** JSON of unknown shape; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As the provider writes times: `2026-01-05T10:00:00+08:00`, in whole seconds. China has had no other offset since 1991. */
export const wireTime = (ms: number): string => `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

export const isoTime = (wire: string): string => new Date(wire).toISOString();
