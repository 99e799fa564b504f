import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import type { LeaseId } from '../domain/ids';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { openDatabase } from './knex';
import { down, up } from './migrations/20261125T0051_orders_of_providers';
import { claimSilentOrders, findOrder, insertOrder, moveOrder, operatorOfOrder } from './orders';
import { aLease, aPlace, newId, type Place } from './testing';
import { withOperator } from './tx';

let database: TestDatabase;
let owner: Knex;
let app: Knex;
let relay: Knex;
let place: Place;
let leaseId: LeaseId;

beforeAll(async () => {
  database = await testDatabase();
  owner = openDatabase(database.url, 'owner', 1);
  app = openDatabase(database.url, 'app', 2);
  relay = openDatabase(database.url, 'relay', 2);
  place = await aPlace(app);
  leaseId = await aLease(app, place);
});
afterAll(async () => {
  for (const pool of [owner, app, relay]) await pool?.destroy();
  await database?.drop();
});

const newOrder = (at: string) => {
  const id = newId<'payment'>();
  const order = { id, leaseId, billIds: [], amountFen: fen(5), channel: 'alipay', businessAt: null } as const;
  return withOperator(app, place.operatorId, (tx) => insertOrder(tx, { ...order, nowMs: Date.parse(at) }));
};
const asOwner = async (sql: string, values: readonly string[] = []) => {
  await owner.raw(`SELECT set_config('app.operator', ?, false)`, [place.operatorId]);
  await owner.raw(sql, [...values]);
};

it('orders of the demo’s cashier from before keep the number that it knows them by, and what became of them', async () => {
  await owner.transaction((trx) => down(trx));
  const old = { open: newId<'payment'>(), paid: newId<'payment'>(), expired: newId<'payment'>() };
  for (const [status, id] of Object.entries(old)) {
    await asOwner(
      `INSERT INTO cashier_order (operator_id, id, lease_id, bill_ids, amount_fen, status) VALUES (?, ?, ?, '{}', 7, ?)`,
      [place.operatorId, id, leaseId, status],
    );
  }
  await owner.transaction((trx) => up(trx));
  for (const [id, status] of [
    [old.open, 'waiting'],
    [old.paid, 'paid'],
    [old.expired, 'expired'],
  ] as const) {
    const order = await withOperator(app, place.operatorId, (tx) => findOrder(tx, id));
    expect(order).toMatchObject({ status, channel: 'simulator', outTradeNo: id, amountFen: 7 });
    expect(await operatorOfOrder(app, id)).toBe(place.operatorId);
  }
  await asOwner(`UPDATE cashier_order SET status = 'closed' WHERE id = ?`, [old.open]);
});

it('an order without word for two minutes is taken up once by whoever looks, and again after half an hour', async () => {
  const [silent, heard] = [await newOrder('2026-11-25T01:00:00Z'), await newOrder('2026-11-25T01:00:00Z')];
  await withOperator(app, place.operatorId, (tx) => moveOrder(tx, heard.id, { to: 'paid' }));
  const age = (column: string) =>
    asOwner(`UPDATE cashier_order SET ${column} = now() - interval '31 minutes' WHERE channel = 'alipay'`);
  await age('created_at');
  const fresh = await newOrder('2026-11-25T01:00:00Z');
  const limits = { silentSeconds: 120, againSeconds: 1_800, limit: 10 };
  const found = [claimSilentOrders(relay, limits), claimSilentOrders(relay, limits)];
  const claimed = (await Promise.all(found)).flat();
  expect(claimed).toEqual([{ operatorId: place.operatorId, orderId: silent.id }]);
  expect(claimed.map(({ orderId }) => orderId)).not.toContain(fresh.id);
  expect(await claimSilentOrders(relay, limits)).toEqual([]);
  await age('watched_at');
  expect(await claimSilentOrders(relay, limits)).toHaveLength(1);
});

it('only the relay may take orders up, and the app learns no more of another operator’s order than whose it is', async () => {
  await expect(app.raw(`SELECT * FROM claim_silent_orders(interval '0', interval '0', 9)`)).rejects.toMatchObject({
    code: '42501',
  });
  const order = await newOrder('2026-11-25T01:00:00Z');
  const other = await aPlace(app);
  expect(await withOperator(app, other.operatorId, (tx) => findOrder(tx, order.id))).toBeUndefined();
  expect(await operatorOfOrder(app, order.outTradeNo)).toBe(place.operatorId);
  expect(await operatorOfOrder(app, 'nothing')).toBeUndefined();
});
