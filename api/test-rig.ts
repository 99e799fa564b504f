import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import type { SendSms } from '../contract/sms';
import { openDatabase } from '../db/knex';
import { createCashier } from '../service-adapters/cashier/create-cashier';
import type { NewOrder, PaymentProvider } from '../service-adapters/payment-provider';
import { createSigner } from '../service-adapters/signing';
import { aLeaseState } from '../test/builders';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { createApp } from './app';
import { createImportRunner } from './import-runner';
import type { LeaseCommands } from './lease-commands';
import type { Services } from './services';

type Asked = { readonly update: string; readonly input: unknown; readonly updateId: string; readonly leaseId: string };

/** The whole server over a database of its own, with the outside (workflow, SMS, cashier) played by this object. */
export type Rig = {
  readonly url: string;
  readonly databaseUrl: string;
  readonly services: Services;
  readonly texts: SendSms[];
  readonly orders: NewOrder[];
  readonly asked: Asked[];
  readonly started: string[];
  /** What the workflow answers next; throw to refuse. */
  answer: LeaseCommands['ask'];
  /** A notification as the cashier would sign it. */
  sign(body: string): Record<string, string>;
  stop(): Promise<void>;
};

/** For child processes, which the test runner does not compile. */
export const TS_REQUIRE = join(__dirname, '../test/harness/ts-require.cjs');

/** With `databaseUrl` the server works on a database that somebody else made and drops. */
export async function startRig(overrides: Partial<Services> = {}, databaseUrl?: string): Promise<Rig> {
  const database: Pick<TestDatabase, 'url' | 'drop'> = databaseUrl
    ? { url: databaseUrl, drop: async () => undefined }
    : await testDatabase();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const knex = openDatabase(database.url, 'app', 8);
  const keys = { currentKeyId: 'k1', keys: new Map([['k1', randomBytes(32)]]), indexKey: randomBytes(32) };
  const signer = createSigner(privateKey);
  const rig = { texts: [], orders: [], asked: [], started: [] } as unknown as {
    -readonly [Key in keyof Rig]: Rig[Key];
  };
  rig.databaseUrl = database.url;
  rig.sign = (body) => signer('message', body, Date.now());
  rig.answer = async (_address, { input }) => ({ ...aLeaseState(), ...(input as object) });
  rig.services = {
    knex,
    log: pino({ level: process.env.RIG_LOG ?? 'silent' }),
    leases: {
      start: async ({ leaseId }) => void rig.started.push(leaseId),
      ask: (address, request) => {
        const { update, input, updateId } = request;
        rig.asked.push({ update: update.name, input, updateId, leaseId: address.leaseId });
        return rig.answer(address, request as never);
      },
    },
    timeTravel: null,
    sms: { simulated: true, send: async (message) => void rig.texts.push(message) },
    providers: new Map([['simulator', cashier(rig.orders, { privateKey, publicKey })]]),
    imports: createImportRunner({ databaseUrl: database.url, keys, execArgv: ['--require', TS_REQUIRE] }),
    codec: { keys: [], namespace: 'default', uiOrigin: 'http://127.0.0.1:8233' },
    personalDataKeys: keys,
    publicUrl: 'http://127.0.0.1',
    trustedProxies: 1,
    checkReplies: true,
    webRoot: '/nowhere',
    temporalReady: async () => true,
    ...overrides,
  };
  const server: Server = createApp(rig.services).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  rig.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  rig.stop = async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await knex.destroy();
    await database.drop();
  };
  return rig;
}

/** The demo's cashier, of which only the signatures are real: it takes every order and says nothing of itself. */
const cashier = (orders: NewOrder[], keys: { privateKey: string; publicKey: string }): PaymentProvider => ({
  ...createCashier({
    baseUrl: 'http://cashier.test',
    merchantPrivatePem: keys.privateKey,
    providerPublicPem: keys.publicKey,
  }),
  async open(order) {
    orders.push(order);
    return { kind: 'ok', value: { kind: 'page', url: `http://cashier.test/${order.outTradeNo}` } };
  },
  close: async () => ({ kind: 'ok', value: null }),
});
