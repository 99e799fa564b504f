import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { fen } from '../../domain/money';
import type { NewOrder, NewRefund, Notice, NoticeAnswer, Received } from '../payment-provider';
import type { WechatPayConfig } from './client/config';
import { createWechatPay, type WechatPay } from './client/create-wechat-pay';
import {
  createWechatPaySimulator,
  type WechatPaySimulator,
  type WechatPaySimulatorOptions,
} from './simulator/create-simulator';

export const newKeys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export const MERCHANT_KEYS = newKeys();
export const PLATFORM_KEYS = newKeys();
export const API_V3_KEY = '0123456789abcdef0123456789ABCDEF';
export const MERCHANT = {
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  serial: '444F4864EA9B34415DA87C4F5B2C9E8F0A1B2C3D',
};
export const CONTROL_TOKEN = 'control-token-of-the-test';

const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

const stop = (server: Server): Promise<void> => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
};

export type RunningSimulator = WechatPaySimulator & { readonly url: string; stop(): Promise<void> };

/** A simulator on a free port, with notices that come again after tens of milliseconds. */
export async function startSimulator(
  overrides: Partial<WechatPaySimulatorOptions> = {},
  port = 0,
): Promise<RunningSimulator> {
  const app = express();
  const server = createServer(app);
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  const simulator = createWechatPaySimulator({
    merchant: { ...MERCHANT, publicPem: MERCHANT_KEYS.publicKey },
    apiV3Key: API_V3_KEY,
    platformPrivatePem: PLATFORM_KEYS.privateKey,
    publicUrl: url,
    gapScale: 0.002,
    refundMs: 50,
    ...overrides,
  });
  app.use(simulator.router);
  return {
    ...simulator,
    url,
    stop: () => {
      simulator.close();
      return stop(server);
    },
  };
}

export const configOf = (baseUrl: string, overrides: Partial<WechatPayConfig> = {}): WechatPayConfig => ({
  appid: MERCHANT.appid,
  mchid: MERCHANT.mchid,
  merchantSerial: MERCHANT.serial,
  merchantPrivatePem: MERCHANT_KEYS.privateKey,
  apiV3Key: API_V3_KEY,
  baseUrl,
  simulated: true,
  timeoutMs: 10_000,
  ...overrides,
});

export const clientOf = (baseUrl: string, overrides: Partial<WechatPayConfig> = {}): WechatPay =>
  createWechatPay(configOf(baseUrl, overrides));

/** Our server, as far as the provider sees it: takes notices, and tells what it was told. */
export type Listener = {
  readonly url: string;
  readonly received: Received[];
  /** What the client made of each. */
  readonly answers: NoticeAnswer[];
  notices(): Notice[];
  /** Read by each notice; what is not taken comes again. */
  read: (received: Received) => NoticeAnswer;
  takes: () => boolean;
  stop(): Promise<void>;
};

export async function startListener(client: () => WechatPay): Promise<Listener> {
  const received: Received[] = [];
  const answers: NoticeAnswer[] = [];
  const app = express();
  app.use(express.raw({ type: () => true }));
  app.post('/notices', (req, res) => {
    const one = { headers: req.headers, body: String(req.body), nowMs: Date.now() };
    const answer = listener.read(one);
    received.push(one);
    answers.push(answer);
    const { status, contentType, body } = client().acknowledge(answer.ok && listener.takes());
    res.status(status).type(contentType).send(body);
  });
  const server = createServer(app);
  const url = `http://127.0.0.1:${await listen(server)}/notices`;
  const listener: Listener = {
    url,
    received,
    answers,
    notices: () => answers.flatMap((answer) => (answer.ok ? [answer.notice] : [])),
    read: (one) => client().readNotice(one),
    takes: () => true,
    stop: () => stop(server),
  };
  return listener;
}

export const newNumber = (): string => randomUUID().replaceAll('-', '');

export const anOrder = (overrides: Partial<NewOrder> = {}): NewOrder => ({
  outTradeNo: newNumber(),
  amountFen: fen(300_000),
  subject: '2026年1月房租 <101室>',
  notifyUrl: 'http://127.0.0.1:9/notices',
  returnUrl: 'http://127.0.0.1:9/bills/1?from=wechat',
  attach: 'operator-1',
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  way: { kind: 'page' },
  payerIp: '203.0.113.9',
  ...overrides,
});

export const aRefund = (order: NewOrder, overrides: Partial<NewRefund> = {}): NewRefund => ({
  outRefundNo: newNumber(),
  outTradeNo: order.outTradeNo,
  amountFen: fen(100_000),
  orderFen: order.amountFen,
  reason: '退押金',
  notifyUrl: order.notifyUrl,
  ...overrides,
});

export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((wake) => setTimeout(wake, 20));
  if (!condition()) throw new Error('it did not happen within 10 s');
}
