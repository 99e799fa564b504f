import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { localDate } from '../domain/calendar';
import type { RoomId } from '../domain/ids';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { openDatabase } from './knex';
import { insertSignedLease } from './leases';
import { findRoom, holderOf, listBoard } from './queries/rooms';
import { addRoom, aNewLease, aPlace, newId, type Place, someTerms } from './testing';
import { type Tx, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let place: Place;
let next: RoomId;

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);

//            2090-01-01          2090-07-01          2090-12-31
// first room |---- HT-1 --------|
// next room                     |---- HT-1 ---------|
const terms = (first: RoomId, second: RoomId) => {
  const agreed = someTerms(first, '2090-01-01', '2090-12-31');
  const [segment] = agreed.segments;
  if (!segment) throw new Error('terms without a segment');
  const moved = { ...segment, from: localDate('2090-07-01'), reason: 'transfer' as const, roomId: second };
  return { ...agreed, segments: [segment, moved] };
};

const lease = { id: newId<'lease'>(), number: 'HT-1' };

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  place = await aPlace(db);
  await asOperator(async (tx) => {
    next = await addRoom(tx, place);
    await insertSignedLease(tx, aNewLease(place, { ...lease, terms: terms(place.roomId, next) }));
  });
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const page = { limit: 50, after: null };

describe('a room that somebody will move into later', () => {
  const reserved = { from: '2090-07-01', until: '2091-01-01', leaseId: lease.id, leaseNumber: 'HT-1' };

  it('is vacant on the board, which says from when it is reserved and by which lease', async () => {
    const rooms = await asOperator((tx) => listBoard(tx, { scope: null }, page));
    expect(rooms.find(({ id }) => id === next)).toMatchObject({ state: 'vacant', leaseId: null, reserved });
    expect(await asOperator((tx) => findRoom(tx, next, null))).toMatchObject({ state: 'vacant', reserved });
  });

  it('does not call the lease that holds a room its successor', async () => {
    expect(await asOperator((tx) => findRoom(tx, place.roomId, null))).toMatchObject({
      ...{ leaseId: lease.id, state: 'occupied', reserved: null },
    });
  });

  it('is taken on its days only, and never by the lease that asks', async () => {
    const days = (from: string, until: string) => [{ roomId: next, from: localDate(from), until: localDate(until) }];
    const asked = (from: string, until: string, except: typeof lease.id | null) =>
      asOperator((tx) => holderOf(tx, days(from, until), except));
    expect(await asked('2090-01-01', '2090-07-02', null)).toEqual({
      ...{ from: '2090-07-01', until: '2091-01-01', leaseNumber: 'HT-1' },
    });
    expect(await asked('2090-01-01', '2090-07-01', null)).toBeUndefined();
    expect(await asked('2090-01-01', '2090-07-02', lease.id)).toBeUndefined();
  });
});
