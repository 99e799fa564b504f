import express, { Router } from 'express';
import { createBillDesk } from './bill-desk';
import { Book } from './book';
import { Calls } from './calls';
import { Contracts } from './contracts';
import { controlRoutes } from './control-routes';
import { Faults } from './faults';
import { createMerchantAnswers } from './merchant-answers';
import { merchantRoutes } from './merchant-routes';
import type { KnownMerchant } from './merchant-signature';
import { Notifier } from './notifier';
import { PapayDesk } from './papay-desk';
import { papayRoutes } from './papay-routes';
import { payerRoutes } from './payer-routes';
import { createPlatform, type Platform } from './platform';
import type { StoredOrder } from './records';
import { Teller } from './teller';

export type WechatPaySimulatorOptions = {
  /** The one merchant it knows. */
  readonly merchant: KnownMerchant;
  readonly apiV3Key: string;
  readonly platformPrivatePem: string;
  /** Offers a public key beside the certificates, and signs notices with it. */
  readonly publicKey?: { readonly id: string; readonly privatePem: string };
  /** Where payers reach the pages. */
  readonly publicUrl: string;
  /** Where its book is kept; memory only without it. */
  readonly bookFile?: string;
  /** 1: notices come again after 15 seconds up to 6 hours, as documented. */
  readonly gapScale?: number;
  /** How long a refund stays PROCESSING unless a fault says otherwise. */
  readonly refundMs?: number;
  /** How long a deduction waits before it is tried. */
  readonly deductMs?: number;
  /** Opens `/wechat-pay/control` to whoever has it; there is none without. */
  readonly controlToken?: string;
  readonly log?: (message: string) => void;
};

export type WechatPaySimulator = {
  readonly router: Router;
  readonly faults: Faults;
  readonly book: Book;
  readonly platform: Platform;
  /** Stops sending notices; the book keeps what is left. */
  close(): void;
};

const REFUND_MS = 3_000;
const DEDUCT_MS = 1_000;

/** WeChat Pay, simulated: its API for merchants, pages for payers, notices; goes on with what an earlier life left in its book. */
export function createWechatPaySimulator(options: WechatPaySimulatorOptions): WechatPaySimulator {
  const { merchant, apiV3Key, publicKey, controlToken, log } = options;
  const now = Date.now;
  const publicUrl = options.publicUrl.replace(/\/+$/, '');
  const book = new Book(options.bookFile);
  const faults = new Faults();
  const platform = createPlatform({
    privatePem: options.platformPrivatePem,
    apiV3Key,
    now,
    ...(publicKey === undefined ? {} : { publicKey }),
  });
  const gapScale = options.gapScale ?? 1;
  const notifier = new Notifier({ book, faults, platform, apiV3Key, gapScale, ...(log ? { log } : {}) });
  const contracts = new Contracts(options.bookFile === undefined ? undefined : `${options.bookFile}.contracts`);
  const papay = new PapayDesk({ book, contracts, notifier, merchant, publicUrl, now });
  const onDeducted = (order: StoredOrder) => papay.onDeducted(order);
  const deductMs = options.deductMs ?? DEDUCT_MS;
  const teller = new Teller({ book, faults, notifier, deductMs, onDeducted, now });
  const refundMs = options.refundMs ?? REFUND_MS;
  const calls = new Calls({ book, faults, teller, merchant, publicUrl, refundMs, now });
  const answers = createMerchantAnswers({ faults, platform, merchant, now });
  const router = Router();
  router.use('/v3', express.raw({ type: () => true, limit: '64kb' })); // signatures cover the exact bytes
  router.use(merchantRoutes({ answers, calls, bills: createBillDesk(book, publicUrl), faults, platform }));
  router.use(papayRoutes({ answers, desk: papay, contracts, teller }));
  router.use(payerRoutes({ book, faults, teller, merchant, now }));
  if (controlToken !== undefined) router.use(controlRoutes({ token: controlToken, book, faults, platform }));
  teller.resume();
  return {
    router,
    faults,
    book,
    platform,
    close: () => {
      notifier.close();
      teller.close();
    },
  };
}
