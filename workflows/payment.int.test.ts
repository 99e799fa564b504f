import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { watchSilentOrders } from '../activities/payment-sweep';
import { paymentWorkflowId } from '../contract/temporal/payment';
import { operatorIdKey } from '../contract/temporal/search-attributes';
import { readClock, skipTime } from '../contract/temporal/time-travel';
import { parseId } from '../domain/ids';
import { pressButton } from '../service-adapters/alipay/press-button';
import { payAsPerson } from '../service-adapters/wechat-pay/simulator/pay-as-person';
import { type LeaseToPay, type Order, type PaymentWorld, paymentWorld } from '../test/payments/payment-world';

/*
 * opened            + 2 minutes: asked   + 3, + 5 ...                 + 31 minutes: closed there, expired here
 * |--- no word -----|--------------------|----------------------------|
 */
// Other tests share the two cores.
jest.setTimeout(120_000);

let all: PaymentWorld;
beforeAll(async () => {
  all = await paymentWorld();
}, 180_000);
afterAll(() => all?.close(), 120_000);
beforeEach(() => {
  all.road.losing = false;
  all.simulator.alipay.faults.clear();
  all.simulator.wechat.faults.clear();
});

const FIRST_BILL = 600_000;
const outTradeNo = ({ orderId }: Order) => orderId.replaceAll('-', '');
const watchOf = ({ orderId }: Order) =>
  all.world.env.client.workflow.getHandle(paymentWorkflowId(parseId<'payment'>(orderId)));

/** Lets an order grow older than it is. */
async function age({ admin }: LeaseToPay, { orderId }: Order, columns: readonly string[] = ['created_at']) {
  await all.owner.raw(`SELECT set_config('app.operator', ?, false)`, [admin.operatorId]);
  for (const column of columns)
    await all.owner.raw(`UPDATE cashier_order SET ${column} = ${column} - interval '31 minutes' WHERE id = ?`, [
      orderId,
    ]);
}

const sweep = () => {
  const { relay, env, taskQueue } = all.world;
  return watchSilentOrders({ relayDb: relay.relayDb, client: env.client, taskQueue });
};

/** Sets the watch over an order, whose history has to replay in the end. */
async function watch(lease: LeaseToPay, order: Order): Promise<void> {
  await age(lease, order);
  expect(await sweep()).toBe(1);
  all.world.replayAlso(watchOf(order).workflowId);
}

/** Carries the watch over an order forward, and waits until it is there or has ended. */
const skip = async (order: Order, minutes: number) => {
  const id = randomUUID();
  const handle = watchOf(order);
  await skipTime(all.world.env.client, handle.workflowId, { id, ms: minutes * 60_000 });
  for (let i = 0; i < 400; i += 1) {
    const clock = await readClock(handle);
    if (clock.closed || clock.reached === id) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the watch did not come ${minutes} minutes further`);
};

const comesTo = (lease: LeaseToPay, { orderId }: Order, status: string) =>
  lease.until(status, async () => (await lease.orderStatus(orderId)) === status);

describe('a payment that nobody reported', () => {
  test.each(['alipay', 'wechat'] as const)(
    'to %s is found by asking, and stored just as by a report',
    async (channel) => {
      const lease = await all.newLease();
      const order = await lease.openOrder(channel);
      all.road.losing = true;
      await (channel === 'alipay' ? pressButton(order.redirectUrl, 'pay') : payAsPerson(order.redirectUrl, 'pay'));
      expect(await sweep()).toBe(0); // too early: the report may be on its way
      await watch(lease, order);
      await comesTo(lease, order, 'paid');
      await lease.until('first payment applied', async () => (await lease.status()) === 'awaitingApproval');
      expect(await lease.ledger()).toMatchObject({ [`cash.${channel}`]: FIRST_BILL, receivable: 0 });
      const { status, typedSearchAttributes } = await watchOf(order).describe();
      expect([status.name, typedSearchAttributes.get(operatorIdKey)]).toEqual(['COMPLETED', lease.admin.operatorId]);
      all.road.losing = false;
      await lease.until('the late report', async () => all.road.sent.length > 0);
      expect(await lease.payments()).toMatchObject([{ channel, amountFen: FIRST_BILL }]);
      expect(await sweep()).toBe(0);
    },
  );
});

describe('an order that nobody pays', () => {
  test('is closed at its provider when its half hour is over, whether its page was opened or not', async () => {
    for (const channel of ['wechat', 'alipay'] as const) {
      const lease = await all.newLease();
      const order = await lease.openOrder(channel);
      await watch(lease, order);
      await skip(order, 29);
      expect(await lease.orderStatus(order.orderId)).toBe('waiting');
      await skip(order, 5);
      await comesTo(lease, order, 'expired');
      const there = await all.providers.get(channel)?.query(outTradeNo(order));
      expect(there).toMatchObject(
        channel === 'wechat' ? { value: { status: 'closed' } } : { code: 'ACQ.TRADE_NOT_EXIST' },
      );
      expect(await lease.payments()).toEqual([]);
    }
  });
});

describe('a provider that gives no word', () => {
  test('is asked again until it does, and is not taken for a no', async () => {
    const lease = await all.newLease();
    const order = await lease.openOrder('wechat');
    all.road.losing = true;
    await payAsPerson(order.redirectUrl, 'pay');
    all.simulator.wechat.faults.add({ kind: 'answer', call: 'query', how: 'http-500', times: 3 });
    await watch(lease, order);
    await comesTo(lease, order, 'unknown');
    await skip(order, 60 * 26); // a day later
    await comesTo(lease, order, 'paid');
    expect(await lease.payments()).toMatchObject([{ channel: 'wechat', amountFen: FIRST_BILL }]);
  });

  test('for a day after the order’s end is a person’s question, and goes on being asked', async () => {
    const lease = await all.newLease();
    const order = await lease.openOrder('wechat');
    all.simulator.wechat.faults.add({ kind: 'answer', call: 'query', how: 'http-500', times: 100 });
    await watch(lease, order);
    await comesTo(lease, order, 'unknown');
    await skip(order, 60 * 28);
    await lease.until('a question', async () => (await lease.workOrders()).length > 0);
    expect(await lease.workOrders()).toEqual([expect.stringMatching(/^支付渠道一天未说明订单结果/)]);
    all.simulator.wechat.faults.clear();
    await skip(order, 120);
    await comesTo(lease, order, 'expired');
  });
});

test('a watch that somebody terminated is set again half an hour later', async () => {
  const lease = await all.newLease();
  const order = await lease.openOrder('wechat');
  all.road.losing = true;
  await age(lease, order);
  expect(await sweep()).toBe(1);
  await watchOf(order).terminate('by mistake');
  await payAsPerson(order.redirectUrl, 'pay');
  expect(await sweep()).toBe(0);
  await age(lease, order, ['watched_at']);
  expect(await sweep()).toBe(1);
  await comesTo(lease, order, 'paid');
});
