import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { addRoom, newId } from '../db/testing';
import { withOperator } from '../db/tx';
import { addDays, addMonths } from '../domain/calendar';
import { fen } from '../domain/money';
import { aSegment } from '../test/builders';
import { type LeaseUnderTest, type LeaseWorld, leaseWorld } from '../test/lease-world';

jest.setTimeout(60_000);
let world: LeaseWorld;
beforeAll(async () => {
  world = await leaseWorld();
});
afterAll(() => world.close());

const confirm = (lease: LeaseUnderTest, change: object) =>
  lease.ask('confirmChange', { changeId: newId<'change'>(), change });
const totals = (lease: LeaseUnderTest, kind: string) =>
  lease.query<{ total_fen: number }>(
    `SELECT total_fen FROM bill WHERE lease_id = $1 AND kind = '${kind}' ORDER BY issue_on, id`,
  );

describe('a running lease', () => {
  it('is billed the new rent from the day of an amendment, and the difference for days already billed', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    await lease.travelTo(addDays(addMonths(startsOn, 1), -2)); // the second month is billed
    await confirm(lease, { kind: 'amendment', from: addMonths(startsOn, 1), rateFen: 330_000 });
    expect(await totals(lease, 'adjustment')).toEqual([{ total_fen: 30_000 }]);
    await lease.travelTo(addDays(addMonths(startsOn, 2), -2));
    expect((await totals(lease, 'periodic')).at(-1)).toEqual({ total_fen: 330_000 });
  });

  it('is renewed at a new price instead of being checked out', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { endsOn } = lease.parts.terms;
    await lease.travelTo(addDays(endsOn, -20));
    expect((await lease.state()).status).toBe('ending');
    await confirm(lease, { kind: 'renewal', newEndsOn: addMonths(endsOn, 12), rateFen: 315_000 });
    await lease.travelTo(addDays(endsOn, 2));
    const { status, terms } = await lease.state();
    expect([status, terms.endsOn]).toEqual(['effective', addMonths(endsOn, 12)]);
    expect((await totals(lease, 'periodic')).at(-1)).toEqual({ total_fen: 315_000 });
  });

  it('owes no penalty when it is renewed after all', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn, endsOn } = lease.parts.terms;
    await lease.travelTo(addDays(startsOn, 5));
    await lease.ask('requestTermination', {
      changeId: newId<'change'>(),
      endsOn: addDays(startsOn, 60),
      reason: '换工作',
    });
    expect((await lease.state()).open.map(({ kind }) => kind)).toContain('penalty');
    await confirm(lease, { kind: 'renewal', newEndsOn: endsOn });
    const { status, open } = await lease.state();
    expect([status, open]).toEqual(['effective', []]);
  });

  it('moves to another room on the day agreed, and is refused a room that somebody else has', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { place, terms } = lease.parts;
    const free = await withOperator(world.db, place.operatorId, (tx) => addRoom(tx, place));
    const other = await world.sign({ place });
    const from = addMonths(terms.startsOn, 3);
    const taken = other.parts.terms.segments[0]?.roomId;
    await expect(confirm(lease, { kind: 'transfer', from, roomId: taken, rateFen: 280_000 })).rejects.toMatchObject({
      cause: { type: 'RoomTaken' },
    });
    await confirm(lease, { kind: 'transfer', from, roomId: free, rateFen: 280_000 });
    const rooms = await lease.query<{ room_id: string }>(
      'SELECT room_id FROM lease_occupancy WHERE lease_id = $1 ORDER BY lower(during)',
    );
    expect(rooms.map(({ room_id }) => room_id)).toEqual([place.roomId, free]);
    await lease.travelTo(from, 1);
    expect((await lease.state()).room.id).toBe(free);
    expect(await lease.query('SELECT room_id FROM lease WHERE id = $1')).toEqual([{ room_id: free }]);
  });

  it('that came into the wrong room is put right on the same day: the wrong one is locked, the right one opened', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { place, terms, leaseId } = lease.parts;
    const right = await withOperator(world.db, place.operatorId, (tx) => addRoom(tx, place));
    await lease.travelTo(terms.startsOn, 1);
    await confirm(lease, { kind: 'transfer', from: terms.startsOn, roomId: right, rateFen: 300_000 });
    await lease.until(({ room }) => room.id === right);
    const done = () =>
      world.rooms.log.filter((entry) => entry.leaseId === leaseId).map(({ roomId, action }) => [roomId, action]);
    expect(done()).toEqual(
      expect.arrayContaining([
        [place.roomId, 'lock'],
        [place.roomId, 'cut'],
        [right, 'unlock'],
        [right, 'restore'],
      ]),
    );
    const afterMove = done().length;
    await lease.travelTo(addDays(addMonths(terms.startsOn, 1), 2));
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    expect(
      new Set(
        done()
          .slice(afterMove)
          .map(([roomId]) => roomId),
      ),
    ).toEqual(new Set([right]));
  });

  it('that moves out at midnight never locks the room in which the next tenant lives by now', async () => {
    const leaving = await (await world.sign()).bringIntoEffect();
    const { place, terms } = leaving.parts;
    const free = await withOperator(world.db, place.operatorId, (tx) => addRoom(tx, place));
    const from = addDays(terms.startsOn, 10);
    await confirm(leaving, { kind: 'transfer', from, roomId: free, rateFen: 300_000 });
    const segments = [aSegment({ from, roomId: place.roomId, rateFen: fen(300_000), cycle: 1 })];
    const next = await (await world.sign({ place, terms: { startsOn: from, segments } })).bringIntoEffect();
    await next.travelTo(from, 1);
    await leaving.travelTo(from, 1);
    await leaving.until(({ room }) => room.id === free);
    const inOldRoom = world.rooms.log.filter(({ roomId }) => roomId === place.roomId).map(({ action }) => action);
    expect(inOldRoom.slice(-2).sort()).toEqual(['restore', 'unlock']);
    expect(inOldRoom).not.toContain('lock');
  });

  it('is not charged while it is suspended', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    await confirm(lease, { kind: 'suspension', from: addMonths(startsOn, 1), until: addMonths(startsOn, 2) });
    await lease.travelTo(addDays(addMonths(startsOn, 2), -2));
    expect(await totals(lease, 'periodic')).toEqual([{ total_fen: 0 }, { total_fen: 300_000 }]);
  });

  it('knows the same before and after two anniversaries, each of which starts its history anew', async () => {
    const lease = await (await world.sign({ years: 3, cycle: 12 })).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    const first = await lease.handle.describe();
    const payAll = async () => lease.payNow((await lease.state()).open.reduce((sum, bill) => sum + bill.openFen, 0));
    for (const year of [1, 2]) {
      await lease.travelTo(addDays(addMonths(startsOn, 12 * year), -1));
      await payAll();
      const before = await lease.until(
        ({ open, enforcement }) => enforcement === 'none' && open.every(({ kind }) => kind === 'lateFee'),
      );
      await lease.travelTo(addMonths(startsOn, 12 * year), 3);
      const after = await lease.state();
      expect({ ...after, remindedThrough: 0 }).toEqual({ ...before, remindedThrough: 0 });
    }
    const last = await lease.handle.describe();
    expect(last.runId).not.toBe(first.runId);
    expect(last.historyLength).toBeLessThan(first.historyLength + 200);
  });
});

describe('a lease whose workflow is stopped by hand', () => {
  it('gives a locked room back when it is cancelled, and tells a person', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    await lease.travelTo(addDays(addMonths(lease.parts.terms.startsOn, 1), 2));
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    await lease.handle.cancel();
    await expect(lease.handle.result()).rejects.toThrow();
    const last = world.rooms.log.filter(({ leaseId }) => leaseId === lease.parts.leaseId).slice(-2);
    expect(last.map(({ action }) => action).sort()).toEqual(['restore', 'unlock']);
    expect(await lease.query(`SELECT kind FROM work_order WHERE lease_id = $1 AND kind = 'workflow'`)).toHaveLength(1);
  });

  it('goes on from the record when it was reset to an earlier point, and is billed as if nothing had been', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    const { startsOn } = lease.parts.terms;
    await lease.travelTo(addDays(startsOn, 20));
    const { events } = await lease.handle.fetchHistory();
    const completed = events?.filter(({ workflowTaskCompletedEventAttributes: done }) => done) ?? [];
    const { runId } = await lease.handle.describe();
    await world.env.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: lease.handle.workflowId, runId },
      workflowTaskFinishEventId: completed[1]?.eventId ?? null,
      reason: 'somebody pressed Reset',
      requestId: crypto.randomUUID(),
    });
    await lease.until(({ status }) => status === 'effective');
    await lease.travelTo(addDays(addMonths(startsOn, 1), -1));
    expect(await totals(lease, 'periodic')).toEqual([{ total_fen: 300_000 }]);
    expect(await totals(lease, 'first')).toHaveLength(1);
  });

  it('comes back from the record when it was terminated, and takes the money that came meanwhile', async () => {
    const lease = await (await world.sign()).bringIntoEffect();
    await lease.travelTo(addDays(addMonths(lease.parts.terms.startsOn, 1), -1));
    const before = await lease.state();
    await lease.handle.terminate('somebody clicked the wrong button');
    await lease.payNow(300_000); // the relay finds nobody, and starts the lease again
    const after = await lease.until(({ open }) => open.length === 0);
    expect({ ...after, open: [], remindedThrough: 0, enforcementCheckedThrough: 0 }).toEqual({
      ...before,
      open: [],
      remindedThrough: 0,
      enforcementCheckedThrough: 0,
    });
  });

  it('sends money back that comes after its end, and tells finance', async () => {
    const lease = await world.sign();
    await lease.until(({ status }) => status === 'awaitingFirstPayment');
    await lease.ask('cancelLease', { reason: '改主意' });
    await lease.handle.result();
    await lease.pay(600_000, new Date().toISOString());
    const [refund] = await lease.query<{ id: string; amount_fen: number }>(
      'SELECT id, amount_fen FROM refund WHERE lease_id = $1',
    );
    expect(refund?.amount_fen).toBe(600_000);
    await world.env.client.workflow.getHandle(`refund/${refund?.id}`).result();
    const books = await lease.query(
      'SELECT account FROM ledger_entry WHERE lease_id = $1 GROUP BY account HAVING sum(amount_fen) <> 0',
    );
    expect(books).toEqual([]);
    expect(await lease.query(`SELECT kind FROM work_order WHERE lease_id = $1 AND kind = 'payment'`)).toHaveLength(1);
  });
});

describe('a lease that was taken over from another system', () => {
  it('is billed from its next period on, and a change never touches the days before', async () => {
    const lease = await world.takeOver();
    const { billedFrom } = lease;
    await lease.travelTo(addDays(billedFrom, -1));
    expect(await totals(lease, 'periodic')).toEqual([{ total_fen: 300_000 }]);
    await confirm(lease, { kind: 'amendment', from: lease.parts.terms.startsOn, rateFen: 310_000 });
    expect(await totals(lease, 'adjustment')).toEqual([{ total_fen: 10_000 }]);
  });
});
