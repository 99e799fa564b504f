import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { localDate } from '../domain/calendar';
import type { LeaseId, PaymentId, RoomId } from '../domain/ids';
import type { LeaseStatus } from '../domain/lease';
import { fen } from '../domain/money';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { issueBills } from './bills';
import { openDatabase } from './knex';
import { freeRoom, insertSignedLease, updateLease } from './leases';
import { applyPayment, storePayment } from './payments';
import { aDraft, addRoom, aNewLease, aPlace, newId, type Place, plainDecision, someTerms } from './testing';
import { type Tx, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);

const read = <Row extends object>(view: string, column: string, id: string): Promise<Row[]> =>
  asOperator((tx) => tx.run<Row>((knex) => knex(view).where({ [column]: id })));

async function aLeaseIn(
  roomId: RoomId,
  status: LeaseStatus,
  startsOn = '2026-01-01',
  endsOn = '2026-12-31',
): Promise<LeaseId> {
  const lease = aNewLease(place, { status, terms: someTerms(roomId, startsOn, endsOn) });
  await asOperator((tx) => insertSignedLease(tx, lease));
  return lease.id;
}

async function stateOf(roomId: RoomId): Promise<unknown> {
  const [room] = await read<{ state: string }>('room_board', 'id', roomId);
  return room?.state;
}

describe('the state board', () => {
  beforeAll(async () => {
    place = await aPlace(db);
  });

  it.each([
    ['signed', 'reserved'],
    ['awaitingFirstPayment', 'reserved'],
    ['awaitingApproval', 'reserved'],
    ['awaitingSeal', 'reserved'],
    ['effective', 'occupied'],
    ['ending', 'ending'],
    ['checkingOut', 'checkingOut'],
    ['closed', 'vacant'],
    ['expired', 'vacant'],
    ['rejected', 'vacant'],
    ['cancelled', 'vacant'],
  ] as const)('shows a room whose lease is %s as %s', async (status, state) => {
    const roomId = await asOperator((tx) => addRoom(tx, place));
    await aLeaseIn(roomId, status);
    expect(await stateOf(roomId)).toBe(state);
  });

  it('shows a locked room as restricted, and one that is not for rent as off sale', async () => {
    const roomId = await asOperator((tx) => addRoom(tx, place));
    await asOperator((tx) => tx.query('UPDATE room SET on_sale = false WHERE id = $1', [roomId]));
    expect(await stateOf(roomId)).toBe('offSale');
    const leaseId = await aLeaseIn(roomId, 'effective');
    await asOperator((tx) => updateLease(tx, leaseId, { enforcement: 'restricted' }));
    expect(await stateOf(roomId)).toBe('restricted');
  });

  it('shows the tenant who is in the room, not the one who has signed for afterwards', async () => {
    const roomId = await asOperator((tx) => addRoom(tx, place));
    const next = await aLeaseIn(roomId, 'awaitingSeal', '2027-01-01', '2027-12-31');
    const now = await aLeaseIn(roomId, 'ending');
    expect(await read('room_board', 'id', roomId)).toMatchObject([{ lease_id: now, state: 'ending' }]);
    await asOperator((tx) => freeRoom(tx, now, localDate('2026-06-01')));
    await asOperator((tx) => tx.query(`UPDATE lease SET status = 'closed' WHERE id = $1`, [now]));
    expect(await read('room_board', 'id', roomId)).toMatchObject([{ lease_id: next, state: 'reserved' }]);
  });
});

describe('lists of money', () => {
  let leaseId: LeaseId;

  beforeAll(async () => {
    place = await aPlace(db);
    leaseId = await aLeaseIn(place.roomId, 'effective', '2099-01-01', '2099-12-31');
    await asOperator(async (tx) => {
      const base = { leaseId, communityId: place.communityId, at: '2099-01-01T01:00:00.000Z' };
      await issueBills(tx, {
        ...base,
        drafts: [aDraft('2099-01-01', 100), aDraft('2099-02-01', 200), aDraft('2099-03-01', 400)],
      });
      const paymentId: PaymentId = newId();
      await storePayment(tx, {
        id: paymentId,
        leaseId,
        channel: 'cash',
        providerNumber: paymentId,
        amountFen: fen(150),
        paidAt: base.at,
      });
      await applyPayment(tx, { ...base, paymentId, decide: plainDecision });
    });
  });

  it('tell what is open, and what is overdue by the clock of a lease that was carried forward', async () => {
    const inThePresent = await read('lease_list', 'id', leaseId);
    expect(inThePresent).toMatchObject([
      { open_fen: 550, overdue_fen: 0, open_bills: 2, oldest_due_on: '2099-02-01', rate_fen: 300_000 },
    ]);
    // 00:30 in Shanghai of 2 February: the bill due on the 1st is late, though it is still the 1st in UTC
    await asOperator((tx) => updateLease(tx, leaseId, { travelledTo: '2099-02-01T16:30:00.000Z' }));
    expect(await read('lease_list', 'id', leaseId)).toMatchObject([{ open_fen: 550, overdue_fen: 150 }]);
    expect(await read('room_board', 'lease_id', leaseId)).toMatchObject([{ overdue_fen: 150, tenant_name: '张三' }]);
  });

  it('tell each bill by what became of it', async () => {
    const bills = await read<{ key: string; status: string; open_fen: number }>('bill_balance', 'lease_id', leaseId);
    expect(Object.fromEntries(bills.map(({ key, status, open_fen }) => [key, [status, open_fen]]))).toEqual({
      'period/2099-01-01': ['paid', 0],
      'period/2099-02-01': ['partlyPaid', 150],
      'period/2099-03-01': ['open', 400],
    });
  });

  it('agree with the ledger, and add up for the community', async () => {
    expect(await read('lease_balance', 'lease_id', leaseId)).toMatchObject([
      { receivable_fen: 550, prepayment_fen: 0, deposit_fen: 0 },
    ]);
    expect(await read('community_summary', 'id', place.communityId)).toMatchObject([
      { rooms: 1, on_sale: 1, occupied: 1, reserved: 0, restricted: 0, checking_out: 0, open_fen: 550, open_bills: 2 },
    ]);
  });
});
