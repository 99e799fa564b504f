import { z } from 'zod';

const webUrl = z.url({ protocol: /^https?$/ });

/** What an operator's contract with Alipay gives, and how its gateway is reached. */
export const AlipayConfig = z.strictObject({
  appId: z.string().regex(/^\d{8,32}$/),
  /** The merchant that the money goes to (PID, `2088...`): a notification for another one is not ours. */
  sellerId: z.string().regex(/^\d{16}$/),
  /** PKCS #1 or #8. */
  appPrivatePem: z.string().includes('PRIVATE KEY'),
  /** Alipay's public key; two of them while it is being changed. */
  alipayPublicPems: z.array(z.string().includes('PUBLIC KEY')).min(1),
  /** Certificate mode, which transfers demand: serial numbers as Alipay's tool computes them. */
  certificates: z.strictObject({ appCertSn: z.string().min(1), alipayRootCertSn: z.string().min(1) }).optional(),
  gatewayUrl: webUrl.default('https://openapi.alipay.com/gateway.do'),
  /** How payers' browsers reach the gateway, where that differs (a simulator in a container). */
  pageGatewayUrl: webUrl.optional(),
  /** True for a simulator or Alipay's sandbox: no real money moves. */
  simulated: z.boolean(),
  timeoutMs: z.int().positive().default(10_000),
  /** Notifications sent longer ago are refused. Alipay repeats one for 25 hours. */
  noticeWindowMs: z
    .int()
    .positive()
    .default(26 * 60 * 60 * 1000),
});
/** As given: what has a default may be left out. */
export type AlipayConfig = z.input<typeof AlipayConfig>;

/** How far Alipay's clock may be ahead of ours. */
export const CLOCK_SKEW_MS = 10 * 60 * 1000;
