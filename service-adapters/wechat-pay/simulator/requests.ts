import { z } from 'zod';

/** What the provider accepts as amounts: whole fen of CNY. */
const fen = z.int().positive().max(10_000_000_000);
const notifyUrl = z
  .string()
  .regex(/^https?:\/\/[^?#\s]+$/)
  .max(255);

/** Body of `POST /v3/pay/transactions/{jsapi,native,h5}`. */
export const OrderRequest = z.object({
  appid: z.string().max(32),
  mchid: z.string().max(32),
  description: z.string().min(1).max(127),
  out_trade_no: z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/),
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: z.string().max(128).optional(),
  notify_url: notifyUrl,
  amount: z.object({ total: fen, currency: z.literal('CNY').default('CNY') }),
  /** Of a deduction. */
  contract_id: z.string().optional(),
  payer: z.object({ openid: z.string().min(1).max(128) }).optional(),
  scene_info: z
    .object({ payer_client_ip: z.string().max(45), h5_info: z.object({ type: z.string() }).optional() })
    .optional(),
});
export type OrderRequest = z.infer<typeof OrderRequest>;

export const RefundRequest = z
  .object({
    transaction_id: z.string().optional(),
    out_trade_no: z.string().optional(),
    out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
    reason: z.string().max(80).optional(),
    notify_url: notifyUrl.optional(),
    amount: z.object({ refund: fen, total: fen, currency: z.literal('CNY') }),
  })
  .refine((request) => request.transaction_id !== undefined || request.out_trade_no !== undefined);
export type RefundRequest = z.infer<typeof RefundRequest>;

export const PRODUCTS = ['jsapi', 'native', 'h5'] as const;
export type Product = (typeof PRODUCTS)[number];
