import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import express, { type ErrorRequestHandler } from 'express';
import { alipayDemo } from '../alipay/demo';
import { type AlipaySimulator, createAlipaySimulator } from '../alipay/simulator/simulator';
import { ensureDemoKeys } from '../cashier/keys';
import { Book } from '../cashier/simulator/book';
import { createNotifier } from '../cashier/simulator/notifier';
import { cashierRoutes } from '../cashier/simulator/routes';
import { createSigner } from '../signing';
import { smsRoutes } from '../sms/simulator';
import { wechatPayDemo } from '../wechat-pay/demo';
import { createWechatPaySimulator, type WechatPaySimulator } from '../wechat-pay/simulator/create-simulator';
import { PAGE_HEADERS, page } from './html';

export type SimulatorOptions = {
  /** Folder in which both sides find the demo's keys. */
  readonly keyDir: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** How payers' browsers reach it; host and port by default. */
  readonly publicUrl?: string;
  /** Where the cashier's book is kept, and beside it those of the other providers; memory only without it. */
  readonly bookFile?: string;
  readonly notifyPauses?: { readonly firstPauseMs: number; readonly maxPauseMs: number };
  /** Multiplies the pauses after which Alipay and WeChat Pay, as documented, notify again. */
  readonly noticeGapScale?: number;
  readonly log?: (message: string) => void;
};

/** The simulated providers can be looked into and told to fail by whoever runs them in the same process. */
export type Simulator = {
  readonly url: string;
  readonly alipay: AlipaySimulator;
  readonly wechat: WechatPaySimulator;
  close(): Promise<void>;
};

const HOME = page(
  '外部服务模拟器',
  '模拟器：支付宝、微信支付、收银台与短信均为模拟，不产生真实扣款，不发送真实短信',
  '<section><h1>外部服务模拟器</h1><a class="button back" href="/sms">模拟短信收件箱</a></section>',
);

const listen = (app: express.Express, port: number, host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)));
  });

const PAUSES = { firstPauseMs: 1_000, maxPauseMs: 60_000 };

type Providers = Pick<Simulator, 'alipay' | 'wechat'>;

function startProviders(options: SimulatorOptions, publicUrl: string): Providers {
  const { keyDir, log, noticeGapScale = 1 } = options;
  const dataDir = options.bookFile === undefined ? undefined : dirname(options.bookFile);
  const alipay = createAlipaySimulator({
    ...{ ...alipayDemo(keyDir).simulator, publicUrl, noticeGapScale },
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(log === undefined ? {} : { log }),
  });
  const wechat = createWechatPaySimulator({
    ...{ ...wechatPayDemo(keyDir).simulator, publicUrl, gapScale: noticeGapScale },
    ...(dataDir === undefined ? {} : { bookFile: join(dataDir, 'wechat-pay.jsonl') }),
    ...(log === undefined ? {} : { log }),
  });
  return { alipay, wechat };
}

/** Starts all providers and the SMS inbox on one port, and goes on notifying payments that an earlier life did not get accepted. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { log } = options;
  const keys = ensureDemoKeys(options.keyDir);
  const app = express().disable('x-powered-by');
  const server = await listen(app, options.port, options.host);
  const url = `http://${options.host}:${(server.address() as AddressInfo).port}`;
  const publicUrl = (options.publicUrl ?? url).replace(/\/$/, '');
  const book = new Book(options.bookFile);
  const sign = createSigner(keys.provider.privatePem);
  const notifier = createNotifier({ book, sign, ...(options.notifyPauses ?? PAUSES), ...(log ? { log } : {}) });
  app.get('/', (_req, res) => void res.set(PAGE_HEADERS).send(HOME));
  app.get('/healthz', (_req, res) => void res.type('text').send('ok'));
  app.use(smsRoutes(keys.merchant.publicPem));
  app.use(cashierRoutes({ book, notifier, sign, publicUrl, merchantPublicPem: keys.merchant.publicPem }));
  const { alipay, wechat } = startProviders(options, publicUrl);
  app.use(alipay.router, wechat.router);
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    log?.(`failed: ${error instanceof Error ? error.message : String(error)}`);
    const status = typeof error?.status === 'number' ? error.status : 500; // body parsers say whose fault it was
    res.status(status).json({ code: 'InvalidRequest', message: '' });
  };
  app.use(onError);
  for (const order of book.unnotified()) notifier.notify(order);
  alipay.resume();
  return {
    url,
    alipay,
    wechat,
    close: () => {
      for (const part of [notifier, alipay, wechat]) part.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
