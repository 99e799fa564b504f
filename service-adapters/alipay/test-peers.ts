import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlipaySdk } from 'alipay-sdk';
import express from 'express';
import NodeRSA from 'node-rsa';
import { fen } from '../../domain/money';
import type { NewOrder, NoticeAnswer, PaymentProvider } from '../payment-provider';
import { createAlipay } from './client';
import type { AlipayConfig } from './config';
import { type AlipaySimulator, type AlipaySimulatorOptions, createAlipaySimulator } from './simulator/simulator';

type Pair = { readonly privatePem: string; readonly publicPem: string };
export function aPair(): Pair {
  const key = new NodeRSA({ b: 2048 });
  return { privatePem: key.exportKey('pkcs8-private-pem'), publicPem: key.exportKey('pkcs8-public-pem') };
}

/** Both sides' keys, made once for a file of tests. */
export const APP = aPair();
export const ALIPAY = aPair();
export const APP_ID = '2021000122671080';
export const SELLER_ID = '2088102146225135';
export const CONTROL_KEY = 'control';

export const aConfig = (gatewayUrl: string, overrides: Partial<AlipayConfig> = {}): AlipayConfig => ({
  appId: APP_ID,
  sellerId: SELLER_ID,
  appPrivatePem: APP.privatePem,
  alipayPublicPems: [ALIPAY.publicPem],
  gatewayUrl,
  simulated: true,
  timeoutMs: 1_500,
  ...overrides,
});

/** The official library, as an independent signer and verifier. */
export const officialSdk = (gateway: string, keys = { privateKey: APP.privatePem, publicKey: ALIPAY.publicPem }) =>
  new AlipaySdk({
    appId: APP_ID,
    privateKey: keys.privateKey,
    keyType: 'PKCS8',
    alipayPublicKey: keys.publicKey,
    gateway,
    camelcase: false,
  });

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

export type Merchant = {
  readonly url: string;
  /** Each body as it came, in its order. */
  readonly bodies: string[];
  readonly notices: NoticeAnswer[];
  answer: () => string;
  close(): void;
};

/** A merchant's callback that reads notifications with `read` and keeps them. */
export async function aMerchant(read: (body: string) => NoticeAnswer): Promise<Merchant> {
  const merchant = { url: '', bodies: [] as string[], notices: [] as NoticeAnswer[], answer: () => 'success' };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      merchant.bodies.push(body);
      merchant.notices.push(read(body));
      res.end(merchant.answer());
    });
  });
  const url = `${await listen(server)}/callbacks/alipay`;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(merchant, { url, close });
}

export type World = {
  readonly url: string;
  readonly gatewayUrl: string;
  readonly simulator: AlipaySimulator;
  readonly alipay: PaymentProvider;
  close(): Promise<void>;
};

/** Our client and the simulator on a port of its own, with gaps of milliseconds between notifications. */
export async function aWorld(options: Partial<AlipaySimulatorOptions> = {}): Promise<World> {
  const app = express();
  const server = createServer(app);
  const url = await listen(server);
  const gatewayUrl = `${url}/alipay/gateway.do`;
  const simulator = createAlipaySimulator({
    appId: APP_ID,
    sellerId: SELLER_ID,
    appPublicPem: APP.publicPem,
    alipayPrivatePem: ALIPAY.privatePem,
    publicUrl: url,
    noticeGapScale: 0.000_02, // two minutes are 2.4 ms, all eight tries under two seconds
    controlKey: CONTROL_KEY,
    ...options,
  });
  app.use(simulator.router);
  simulator.resume();
  const close = (): Promise<void> => {
    simulator.close();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url, gatewayUrl, simulator, alipay: createAlipay(aConfig(gatewayUrl)), close };
}

let lastNumber = 0;
/** Another order each time. */
export const anOrder = (overrides: Partial<NewOrder> = {}): NewOrder => {
  lastNumber += 1;
  return {
    outTradeNo: `order_${lastNumber}`,
    amountFen: fen(300_001),
    subject: '2026年1月房租 <101室>',
    notifyUrl: 'http://127.0.0.1:9/callbacks/alipay',
    returnUrl: 'http://127.0.0.1:9/bills/1?from=alipay',
    attach: '{"operator":"op-1","at":"2027-03-05T02:00:00.000Z"}',
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
    way: { kind: 'page' },
    ...overrides,
  };
};

export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 250; i++) {
    if (condition()) return;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error('it did not come about in five seconds');
}
