import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { storePayment } from '../db/payments';
import { newId } from '../db/testing';
import { withOperator } from '../db/tx';
import { fen } from '../domain/money';
import { type LeaseWorld, leaseWorld } from '../test/lease-world';
import { relayOnce } from './relay';

jest.setTimeout(60_000);
let world: LeaseWorld;
beforeAll(async () => {
  world = await leaseWorld();
});
afterAll(() => world.close());

describe('what was stored', () => {
  it('reaches the lease although the process that stored it was killed right afterwards', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    const { leaseId, place } = lease.parts;
    // Another process stores the payment as the callback does, says so, and is killed before it can tell anyone.
    const child = spawn(process.execPath, [join(__dirname, 'testing', 'store-and-hang.cjs')], {
      env: {
        ...process.env,
        DATABASE_URL: world.databaseUrl,
        OPERATOR_ID: place.operatorId,
        LEASE_ID: leaseId,
        AMOUNT_FEN: '600000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await lease.state()).status).toBe('awaitingFirstPayment');
    await relayOnce(world.relay);
    await lease.until(({ status }) => status === 'awaitingApproval');
  });

  it('is delivered again when the relay dies before it can mark it, and counts once', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    const { leaseId, place } = lease.parts;
    const id = newId<'payment'>();
    await withOperator(world.db, place.operatorId, (tx) =>
      storePayment(tx, {
        id,
        leaseId,
        channel: 'simulator',
        providerNumber: id,
        amountFen: fen(600_000),
        paidAt: new Date().toISOString(),
      }),
    );
    await lease.handle.signal('paymentReceived', { paymentId: id }); // a relay that died after this
    await lease.until(({ status }) => status === 'awaitingApproval');
    expect(await relayOnce(world.relay)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [{ sum } = { sum: 0 }] = await lease.query<{ sum: number }>(
      `SELECT sum(amount_fen) AS sum FROM ledger_entry WHERE lease_id = $1 AND account = 'cash.simulator'`,
    );
    expect(Number(sum)).toBe(600_000);
    expect(await relayOnce(world.relay)).toBe(0);
  });

  it('waits while the lease cannot be reached, and says why', async () => {
    const lease = await world.sign();
    const { leaseId, place } = lease.parts;
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    const id = newId<'payment'>();
    await withOperator(world.db, place.operatorId, (tx) =>
      storePayment(tx, {
        id,
        leaseId,
        channel: 'simulator',
        providerNumber: id,
        amountFen: fen(600_000),
        paidAt: new Date().toISOString(),
      }),
    );
    const broken = {
      ...world.relay,
      client: { workflow: { getHandle: () => ({ signal: () => Promise.reject(new Error('Temporal is away')) }) } },
    };
    await relayOnce(broken as unknown as typeof world.relay);
    const [row] = await lease.query<{ last_error: string; delivered_at: string | null }>(
      `SELECT last_error, delivered_at FROM outbox WHERE payload->>'leaseId' = $1 AND topic = 'payment.stored'`,
    );
    expect(row).toEqual({ last_error: 'Error: Temporal is away', delivered_at: null });
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // the first back-off is a second
    expect(await relayOnce(world.relay)).toBe(1);
    await lease.until(({ status }) => status === 'awaitingApproval');
  });
});
