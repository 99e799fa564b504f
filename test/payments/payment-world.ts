import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { relayOnce } from '../../activities/relay';
import { createLeaseCommands } from '../../api/lease-commands';
import { aPlace, aTenant, type Caller, signInTenant, signUp } from '../../api/test-caller';
import { type Rig, startRig } from '../../api/test-rig';
import { openDatabase } from '../../db/knex';
import { withOperator } from '../../db/tx';
import { addDays, addMonths, shanghaiDate } from '../../domain/calendar';
import { parseId } from '../../domain/ids';
import type { OrderChannel } from '../../domain/ledger-accounts';
import type { PaymentProviders } from '../../service-adapters/payment-provider';
import { simulatedProviders } from '../../service-adapters/providers';
import { type Simulator, startSimulator } from '../../service-adapters/simulator/server';
import { type LeaseWorld, leaseWorld } from '../lease-world';

export type Sent = { readonly path: string; readonly headers: Record<string, string>; readonly body: string };

/** What stands between the providers and our server: it passes notices on, remembers them, and can lose them. */
export type Road = { readonly url: string; readonly sent: Sent[]; losing: boolean; close(): Promise<void> };

async function read(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const KEPT = /^(content-type|wechatpay-|x-cashier-)/;

async function openRoad(target: () => string): Promise<Road> {
  const road = { url: '', sent: [] as Sent[], losing: false, close: (): Promise<void> => Promise.resolve() };
  const server: Server = createServer(async (req, res) => {
    const headers = Object.fromEntries(
      Object.entries(req.headers).flatMap(([name, value]) =>
        KEPT.test(name) && typeof value === 'string' ? [[name, value]] : [],
      ),
    );
    const sent = { path: req.url ?? '', headers, body: await read(req) };
    if (road.losing) return void res.destroy();
    road.sent.push(sent);
    const answer = await fetch(`${target()}${sent.path}`, { method: 'POST', headers, body: sent.body });
    res.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  road.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  road.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return road;
}

/** Real clients, the simulators that they speak to, our server with a worker behind it, and leases that are paid over HTTP. */
export type PaymentWorld = {
  readonly rig: Rig;
  readonly road: Road;
  readonly simulator: Simulator;
  readonly providers: PaymentProviders;
  readonly world: LeaseWorld;
  /** May see and age everything. */
  readonly owner: Knex;
  newLease(): Promise<LeaseToPay>;
  close(): Promise<void>;
};

export async function paymentWorld(): Promise<PaymentWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'payments-'));
  const simulator = await startSimulator({
    ...{ keyDir: folder, host: '127.0.0.1', port: 0, noticeGapScale: 0.0005 },
  });
  const providers: PaymentProviders = new Map(
    simulatedProviders(simulator.url, folder).map((provider) => [provider.channel, provider]),
  );
  let rig: Rig | undefined;
  const road = await openRoad(() => rig?.url ?? '');
  const world = await leaseWorld({ providers, publicUrl: road.url });
  const { client } = world.env;
  const personalDataKeys = {
    currentKeyId: 'k1',
    keys: new Map([['k1', Buffer.alloc(32, 1)]]),
    indexKey: Buffer.alloc(32, 2),
  };
  const leases = createLeaseCommands(client, world.taskQueue);
  const started = await startRig({ leases, personalDataKeys, providers, publicUrl: road.url }, world.databaseUrl);
  rig = started;
  const owner = openDatabase(world.databaseUrl, 'owner', 1);
  return {
    ...{ rig: started, road, simulator, providers, world, owner },
    newLease: () => newLease(started, world),
    async close() {
      await road.close();
      await started.stop();
      await simulator.close();
      await owner.destroy();
      await world.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Order = { readonly orderId: string; readonly redirectUrl: string; readonly status: string };

/** A lease whose first bill waits to be paid, with its tenant and a member of staff. */
export type LeaseToPay = {
  readonly id: string;
  readonly admin: Caller & { readonly operatorId: string };
  readonly tenant: Caller;
  readonly openOrder: (channel: OrderChannel, key?: string) => Promise<Order>;
  readonly orderStatus: (orderId: string) => Promise<string>;
  readonly payments: () => Promise<readonly { channel: string; amountFen: number; providerNumber: string }[]>;
  /** Sums of the operator's ledger by account. */
  readonly ledger: () => Promise<Readonly<Record<string, number>>>;
  readonly workOrders: () => Promise<readonly string[]>;
  readonly status: () => Promise<string>;
  /** Waits, carrying messages over meanwhile. */
  readonly until: (what: string, holds: () => Promise<boolean>) => Promise<void>;
};

async function newLease(rig: Rig, world: LeaseWorld): Promise<LeaseToPay> {
  const admin = await signUp(rig);
  const { roomId } = await aPlace(admin);
  const { id: tenantId, phone } = await aTenant(admin);
  const startsOn = addDays(shanghaiDate(Date.now()), 1);
  const wanted = { roomId, tenantId, cycle: 1, startsOn, endsOn: addDays(addMonths(startsOn, 12), -1) };
  const id: string = (await admin.must('POST', '/v1/leases', wanted, { key: randomUUID() })).body.leaseId;
  const tenant = await signInTenant(rig, phone);
  const mine = `/v1/my/leases/${id}`;
  const lease: LeaseToPay = {
    ...{ id, admin, tenant },
    async openOrder(channel, key = randomUUID()) {
      const open = (await tenant.must('GET', `${mine}/bills?open=true`)).body.items as { id: string }[];
      const body = { billIds: open.map((bill) => bill.id), channel };
      return (await tenant.must('POST', `${mine}/cashier-orders`, body, { key })).body;
    },
    orderStatus: async (orderId) => (await tenant.must('GET', `${mine}/cashier-orders/${orderId}`)).body.status,
    payments: async () => (await admin.must('GET', `/v1/payments?leaseId=${id}`)).body.items,
    ledger: async () => {
      const rows = await withOperator(world.db, parseId(admin.operatorId), (tx) =>
        tx.query<{ account: string; fen: number }>(
          'SELECT account, sum(amount_fen)::bigint AS fen FROM ledger_entry GROUP BY account',
        ),
      );
      return Object.fromEntries(rows.map(({ account, fen }) => [account, fen]));
    },
    workOrders: async () =>
      (await admin.must('GET', '/v1/work-orders?status=open')).body.items.map(({ title }: { title: string }) => title),
    status: async () => (await admin.must('GET', `/v1/leases/${id}`)).body.status,
    async until(what, holds) {
      for (let i = 0; i < 400; i += 1) {
        await relayOnce(world.relay);
        if (await holds()) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`it never came to: ${what}`);
    },
  };
  await lease.until('a first bill', async () => (await lease.status()) === 'awaitingFirstPayment');
  return lease;
}
