import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { addDays, addMonths } from '../domain/calendar';
import { DEFAULT_POLICY } from '../domain/default-policy';
import { type LeaseUnderTest, type LeaseWorld, leaseWorld } from '../test/lease-world';

jest.setTimeout(60_000);
let world: LeaseWorld;
beforeAll(async () => {
  world = await leaseWorld();
});
afterAll(() => world.close());

const ledger = async (lease: LeaseUnderTest) => {
  const rows = await lease.query<{ account: string; fen: number }>(
    'SELECT account, sum(amount_fen) AS fen FROM ledger_entry WHERE lease_id = $1 GROUP BY account HAVING sum(amount_fen) <> 0',
  );
  return Object.fromEntries(rows.map(({ account, fen }) => [account, Number(fen)]));
};
const keepsRoom = async (lease: LeaseUnderTest) =>
  (await lease.query('SELECT 1 AS kept FROM lease_occupancy WHERE lease_id = $1')).length > 0;

describe('a lease that never begins', () => {
  it('frees its room a day after signing when the first bill is not paid', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    expect(await keepsRoom(lease)).toBe(true);
    await lease.travelTo(addDays(lease.parts.terms.startsOn, 1));
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'expired' });
    expect(await keepsRoom(lease)).toBe(false);
    expect(await ledger(lease)).toEqual({});
  });

  it('pays everything back when the manager rejects it', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    await lease.payNow(600_000);
    await lease.until(({ status }) => status === 'awaitingApproval');
    await lease.ask('rejectLease', { reason: '资料不符' });
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'rejected' });
    expect([...world.paidBack.values()].at(-1)).toBe(600_000);
    expect(await keepsRoom(lease)).toBe(false);
    expect(await ledger(lease)).toEqual({});
  });

  it('can be cancelled before its first day, and not afterwards', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const begun = await (await world.sign()).bringIntoEffect();
    await begun.travelTo(begun.parts.terms.startsOn);
    await expect(begun.ask('cancelLease', { reason: '改主意' })).rejects.toMatchObject({
      cause: { type: 'LeaseHasBegun' },
    });
    await lease.ask('cancelLease', { reason: '改主意' });
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'cancelled' });
    expect(await ledger(lease)).toEqual({});
  });

  it('cannot be approved before it is paid, and the refusal leaves nothing in the history', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    await expect(lease.approve()).rejects.toMatchObject({ cause: { type: 'IllegalTransition' } });
    const { events } = await lease.handle.fetchHistory();
    expect(events?.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted)).toBe(false);
  });
});

describe('a lease that ends early', () => {
  it('credits the days not lived in, bills the penalty of its policy, and refunds the rest of the deposit', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    const endsOn = addDays(addMonths(startsOn, 1), 14); // half into the second month
    await lease.travelTo(addDays(addMonths(startsOn, 1), -1));
    await lease.payNow(300_000);
    await lease.until(({ open }) => open.length === 0);
    await lease.ask('requestTermination', { changeId: crypto.randomUUID(), endsOn, reason: '换工作' });
    const { open, terms } = await lease.state();
    expect(terms.endsOn).toBe(endsOn);
    expect(open.map(({ kind }) => kind)).toContain('penalty');
    await lease.travelTo(endsOn, 18);
    await lease.until(({ status }) => status === 'checkingOut');
    await lease.ask('recordInspection', { damages: [] });
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'closed' });
    const books = await ledger(lease);
    expect(books.deposit ?? 0).toBe(0);
    expect(books.prepayment ?? 0).toBe(0);
    expect(books.refundPayable ?? 0).toBe(0);
  });

  it('is locked at four in the afternoon of the day that staff set for an eviction', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const moveOutOn = addDays(lease.parts.terms.startsOn, 20);
    await lease.travelTo(addDays(lease.parts.terms.startsOn, 10));
    await lease.ask('evictLease', { changeId: crypto.randomUUID(), moveOutOn, reason: '擅自转租' });
    await lease.travelTo(moveOutOn, 15);
    expect((await lease.state()).status).toBe('ending');
    await lease.travelTo(moveOutOn, 17);
    await lease.until(({ status }) => status === 'checkingOut');
    expect(
      world.rooms.log.filter(({ leaseId }) => leaseId === lease.parts.leaseId).map(({ action }) => action),
    ).toEqual(expect.arrayContaining(['lock', 'cut']));
  });
});

describe('a day that a lease is to end on already', () => {
  const terminations = (lease: Awaited<ReturnType<typeof world.sign>>) =>
    lease.query(`SELECT 1 FROM audit_log WHERE subject_id = $1::text AND action = 'lease.requestTermination'`);

  it('cannot be taken again by a termination, so that an eviction keeps its reason', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const moveOutOn = addDays(lease.parts.terms.startsOn, 20);
    await lease.ask('evictLease', { changeId: crypto.randomUUID(), moveOutOn, reason: '擅自转租' });
    const again = lease.ask('requestTermination', { changeId: crypto.randomUUID(), endsOn: moveOutOn, reason: '搬家' });
    await expect(again).rejects.toMatchObject({ cause: { type: 'EndNotEarlier' } });
    expect((await lease.state()).checkout).toMatchObject({ reason: 'eviction', moveOutOn });
    expect(await terminations(lease)).toEqual([]);
  });

  it('goes to the first of two who ask for it at once, and an earlier day can still be asked for', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const leaveOn = (endsOn: string) =>
      lease.ask('requestTermination', { changeId: crypto.randomUUID(), endsOn, reason: '换工作' });
    const endsOn = addDays(lease.parts.terms.startsOn, 60);
    const replies = await Promise.allSettled([leaveOn(endsOn), leaveOn(endsOn)]);
    expect(replies.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await terminations(lease)).toHaveLength(1);
    await leaveOn(addDays(endsOn, -1));
    expect((await lease.state()).terms.endsOn).toBe(addDays(endsOn, -1));
  });
});

describe('a lease in arrears', () => {
  const intoArrears = async (options = {}) => {
    const lease = await (await world.sign(options)).bringIntoEffect();
    await lease.travelTo(addDays(addMonths(lease.parts.terms.startsOn, 1), 2));
    return lease;
  };

  it('is locked at the first moment after the due day, with notice served before', async () => {
    const lease = await intoArrears();
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    const events = await lease.events();
    const locked = events.find(({ kind }) => kind === 'restricted');
    const dueOn = addMonths(lease.parts.terms.startsOn, 1);
    const midnight = Date.parse(`${addDays(dueOn, 1)}T00:00:00+08:00`);
    expect(Date.parse(locked?.at ?? '') - midnight).toBeGreaterThanOrEqual(0);
    expect(Date.parse(locked?.at ?? '') - midnight).toBeLessThan(60_000);
    const [served] = await lease.query<{ served_at: string }>(
      `SELECT served_at FROM notice WHERE lease_id = $1 AND template = 'arrearsNotice'`,
    );
    expect(served && served.served_at <= (locked?.at ?? '')).toBe(true);
  });

  it('waits for a person where the policy says so, and locks when that person confirms', async () => {
    const policy = { enforcement: { ...DEFAULT_POLICY.enforcement, mode: 'confirmed' as const } };
    const lease = await intoArrears({ policy });
    await lease.until(({ enforcement }) => enforcement === 'awaitingConfirmation');
    await lease.ask('confirmEnforcement', {});
    await lease.until(({ enforcement }) => enforcement === 'restricted');
  });

  it('is let in by a promise, and locked again the day after it is broken', async () => {
    const lease = await intoArrears();
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    const until = addDays(addMonths(lease.parts.terms.startsOn, 1), 6);
    await lease.ask('promiseInstalment', { amountFen: 100_000, until });
    await lease.until(({ enforcement }) => enforcement === 'none');
    await lease.travelTo(addDays(until, 1), 1);
    await lease.until(({ enforcement }) => enforcement === 'restricted');
  });

  it('becomes a work order when the door does not do what it is told', async () => {
    world.rooms.deaf = true;
    try {
      const lease = await intoArrears();
      await lease.until(({ enforcement }) => enforcement === 'restricted');
      const orders = await lease.query<{ kind: string }>('SELECT kind FROM work_order WHERE lease_id = $1');
      expect(orders.map(({ kind }) => kind)).toContain('enforcement');
    } finally {
      world.rooms.deaf = false;
    }
  });

  it('pays a late fee with the rent, which staff can waive with a reason', async () => {
    const lease = await intoArrears();
    const { open } = await lease.until(({ enforcement }) => enforcement === 'restricted');
    await lease.payNow(open.reduce((sum, bill) => sum + bill.openFen, 0));
    const fee = (await lease.until(({ enforcement }) => enforcement === 'none')).open.find(
      ({ kind }) => kind === 'lateFee',
    );
    expect(fee?.openFen).toBe(300); // 3,000.00 yuan x 2 days x 0.05 %
    await lease.ask('waiveLateFee', { billKey: fee?.key ?? '', reason: '首次逾期' });
    expect((await lease.state()).open).toEqual([]);
  });
});

describe('a step that a crash makes run twice', () => {
  it('tells its story once: one line on the timeline, one notice, one audit row', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { place, leaseId } = lease.parts;
    const ref = { ...place, leaseId, number: 'L-1', roomNo: 'A-101' };
    const moved = (at: string) =>
      ({
        ref,
        at,
        today: lease.parts.terms.startsOn,
        from: 'effective',
        to: 'ending',
        by: 'staff:1',
        reason: 'expiry',
      }) as const;
    const { moveLease, recordEnforcement } = world.activities;
    const roomId = place.roomId;
    const locked = (at: string) =>
      ({ ...moved(at), state: 'restricted', roomId, why: 'overdue', billKeys: [], confirmed: true }) as const;
    for (const at of ['2026-12-20T01:00:00.000Z', '2026-12-20T01:00:07.000Z']) {
      await moveLease(moved(at));
      await recordEnforcement(locked(at));
    }
    const kinds = (await lease.events()).map(({ kind, data }) => `${kind} ${data.to ?? ''}`);
    expect(kinds.filter((kind) => kind === 'statusChanged ending' || kind === 'restricted ')).toHaveLength(2);
    const audited = await lease.query(
      `SELECT action FROM audit_log WHERE subject_id = $1::text AND (after->>'status' = 'ending' OR action = 'lease.enforcement')`,
    );
    expect(audited).toHaveLength(2);
    await lease.handle.terminate('only its record was of interest');
  });
});

describe('money and doors at the edges', () => {
  const devicesTold = (lease: LeaseUnderTest) =>
    world.rooms.log.filter(({ roomId }) => roomId === lease.parts.place.roomId).map(({ action }) => action);

  it('opens the door and puts the power on when a tenancy begins in a room that the last tenant left locked', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    expect(devicesTold(lease)).toEqual([]);
    await lease.travelTo(lease.parts.terms.startsOn, 1);
    expect(devicesTold(lease).sort()).toEqual(['restore', 'unlock']);
  });

  it('does not let a tenant leave early through the checkout at the end, which costs nothing', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn, endsOn } = lease.parts.terms;
    await expect(lease.ask('requestCheckout', { moveOutOn: addDays(startsOn, 10) })).rejects.toMatchObject({
      cause: { type: 'UseTermination' },
    });
    await lease.ask('requestCheckout', { moveOutOn: endsOn });
    expect((await lease.state()).status).toBe('ending');
  });

  it('bills the difference when the end is brought forward a second time', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn, endsOn } = lease.parts.terms;
    await lease.travelTo(addDays(startsOn, 5));
    const penalties = async () =>
      (
        await lease.query<{ total_fen: number }>(
          `SELECT total_fen FROM bill WHERE lease_id = $1 AND kind = 'penalty' ORDER BY id`,
        )
      ).map(({ total_fen }) => total_fen);
    await lease.ask('requestTermination', {
      changeId: crypto.randomUUID(),
      endsOn: addDays(endsOn, -2),
      reason: '换工作',
    });
    const [first = 0] = await penalties();
    await lease.ask('requestTermination', {
      changeId: crypto.randomUUID(),
      endsOn: addDays(startsOn, 60),
      reason: '换工作',
    });
    expect((await penalties()).reduce((sum, fen) => sum + fen, 0)).toBe(300_000);
    expect(first).toBeGreaterThan(0);
    await lease.handle.terminate('only its bills were of interest');
  });

  it('sends money back that arrives while the refund of a rejected lease is still under way, and ends with nothing held', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    await lease.payNow(500_000);
    await lease.pay(100_000, new Date().toISOString(), 'cash'); // cannot go back through the cashier
    await lease.until(({ status }) => status === 'awaitingApproval');
    await lease.ask('rejectLease', { reason: '资料不符' });
    await lease.until(({ refund }) => refund !== null && refund.tryAt > Date.now());
    await lease.payNow(70_000); // a late transfer
    await lease.query(
      `UPDATE work_order SET status = 'closed', closed_at = now(), result = '已付现' WHERE lease_id = $1 AND kind = 'refund'`,
    );
    await lease.travelTo(addDays(lease.parts.terms.startsOn, 3));
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'rejected' });
    expect(await ledger(lease)).toEqual({}); // every account, cash by cash, is back at nothing
    const back = await lease.query<{ amount_fen: number; status: string }>(
      'SELECT amount_fen, status FROM refund WHERE lease_id = $1 ORDER BY id',
    );
    expect(back).toEqual([
      { amount_fen: 600_000, status: 'done' },
      { amount_fen: 70_000, status: 'done' },
    ]);
  });

  it('never sends through the cashier what finance has paid by hand', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    await lease.payNow(600_000);
    await lease.until(({ status }) => status === 'awaitingApproval');
    world.cashier.refuses = true;
    try {
      await lease.ask('rejectLease', { reason: '资料不符' });
      await lease.until(({ refund }) => refund !== null && refund.tryAt > Date.now());
    } finally {
      world.cashier.refuses = false;
    }
    const [order] = await lease.query<{ title: string }>(
      `SELECT title FROM work_order WHERE lease_id = $1 AND kind = 'refund'`,
    );
    expect(order?.title).toContain('6,000.00 元');
    await lease.query(
      `UPDATE work_order SET status = 'closed', closed_at = now(), result = '已转账' WHERE lease_id = $1 AND kind = 'refund'`,
    );
    const sentBefore = world.paidBack.size;
    await lease.travelTo(addDays(lease.parts.terms.startsOn, 2));
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'rejected' });
    expect(world.paidBack.size).toBe(sentBefore);
    expect(await ledger(lease)).toEqual({ 'cash.simulator': 600_000, 'cash.bank': -600_000 });
  });

  it('lets a person release the room for these arrears only: the next month that is not paid locks it again', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    await lease.travelTo(addDays(addMonths(startsOn, 1), 2));
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    await lease.ask('releaseEnforcement', { reason: '家中有老人', until: null });
    await lease.until(({ enforcement }) => enforcement === 'none');
    await lease.payNow((await lease.state()).open.reduce((sum, bill) => sum + bill.openFen, 0));
    await lease.travelTo(addDays(addMonths(startsOn, 2), 2));
    await lease.until(({ enforcement }) => enforcement === 'restricted');
  });

  it('ends an exemption without end by granting another that has one', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    await lease.ask('grantExemption', { reason: '医疗', until: null });
    await lease.travelTo(addDays(addMonths(startsOn, 1), 2));
    expect((await lease.state()).enforcement).toBe('none');
    await lease.ask('grantExemption', { reason: '医疗', until: addDays(addMonths(startsOn, 1), 4) });
    await lease.travelTo(addDays(addMonths(startsOn, 1), 6));
    await lease.until(({ enforcement }) => enforcement === 'restricted');
  });

  it('refuses a room that does not exist, and goes on living', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    const change = { kind: 'transfer', from: addMonths(startsOn, 2), roomId: crypto.randomUUID(), rateFen: 300_000 };
    await expect(lease.ask('confirmChange', { changeId: crypto.randomUUID(), change })).rejects.toMatchObject({
      cause: { type: 'InvalidInput' },
    });
    await lease.travelTo(addDays(addMonths(startsOn, 1), -1));
    await lease.payNow(300_000);
    await lease.until(({ open }) => open.length === 0);
  });

  it('tells a person when it is told of money that the record does not know, and goes on living', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    await lease.handle.signal('paymentReceived', { paymentId: crypto.randomUUID() });
    await lease.travelTo(addDays(lease.parts.terms.startsOn, 3));
    expect(await lease.query(`SELECT title FROM work_order WHERE lease_id = $1 AND kind = 'workflow'`)).toHaveLength(1);
    expect((await lease.state()).status).toBe('effective');
  });
});
