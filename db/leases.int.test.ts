import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { addDays, localDate, shanghaiDate } from '../domain/calendar';
import type { LeaseId, RoomId } from '../domain/ids';
import { LEASE_STATUSES } from '../domain/lease';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { timeline } from './events';
import { openDatabase } from './knex';
import {
  freeRoom,
  insertSignedLease,
  loadLease,
  moveRoom,
  type NewLease,
  saveTerms,
  setStatus,
  updateLease,
} from './leases';
import { addRoom, aNewLease, aPlace, newId, type Place, someTerms } from './testing';
import { type Tx, withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let place: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 12);
  place = await aPlace(db);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const asOperator = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOperator(db, place.operatorId, work);
const aRoom = (): Promise<RoomId> => asOperator((tx) => addRoom(tx, place));
const sign = (lease: NewLease) => asOperator((tx) => insertSignedLease(tx, lease));

async function aSignedLease(roomId: RoomId, ...span: [] | [string, string]): Promise<LeaseId> {
  const lease = aNewLease(place, { terms: someTerms(roomId, ...span) });
  await sign(lease);
  return lease.id;
}

describe('signing', () => {
  it('lets exactly one of ten simultaneous signers have the room, and tells the others that it is taken', async () => {
    const roomId = await aRoom();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => aSignedLease(roomId)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(refusals).toEqual(Array(9).fill('RoomTaken'));
  });

  it('refuses an overlap in the database itself, whatever the code does', async () => {
    const roomId = await aRoom();
    await aSignedLease(roomId);
    const second = await aSignedLease(await aRoom());
    const forge = asOperator((tx) =>
      tx.query(`UPDATE lease_occupancy SET room_id = $2 WHERE lease_id = $1`, [second, roomId]),
    );
    await expect(forge).rejects.toMatchObject({ code: '23P01' });
  });

  it('lets the next lease begin on the day after the last one ends, and not a day earlier', async () => {
    const roomId = await aRoom();
    await aSignedLease(roomId, '2026-01-01', '2026-06-30');
    await expect(aSignedLease(roomId, '2026-06-30', '2026-12-31')).rejects.toMatchObject({ code: 'RoomTaken' });
    await aSignedLease(roomId, '2026-07-01', '2026-12-31');
  });

  it('refuses a contract number that is taken', async () => {
    const roomId = await aRoom();
    await sign(aNewLease(place, { number: 'L-1', terms: someTerms(roomId) }));
    const again = aNewLease(place, { number: 'L-1', terms: someTerms(await aRoom()) });
    await expect(sign(again)).rejects.toMatchObject({ code: 'LeaseNumberTaken' });
  });

  it('gives the room to others from the day it is freed', async () => {
    const roomId = await aRoom();
    const first = await aSignedLease(roomId);
    await asOperator((tx) => freeRoom(tx, first, localDate('2026-04-01')));
    await expect(aSignedLease(roomId, '2026-03-31', '2026-12-31')).rejects.toMatchObject({ code: 'RoomTaken' });
    await aSignedLease(roomId, '2026-04-01', '2026-12-31');
  });

  it('lets a room be had again once its lease has closed, also one that closed in a year to come by time travel', async () => {
    const roomId = await aRoom();
    const today = shanghaiDate(Date.now());
    const last = addDays(today, 365);
    const closing = await aSignedLease(roomId, addDays(today, -30), last);
    await expect(aSignedLease(roomId, today, last)).rejects.toMatchObject({ code: 'RoomTaken' });
    const move = {
      leaseId: closing,
      from: 'effective',
      to: 'closed',
      at: `${last}T02:00:00.000Z`,
      events: [],
    } as const;
    expect(await asOperator((tx) => setStatus(tx, move))).toBe(true);
    await expect(aSignedLease(roomId, addDays(today, -1), last)).rejects.toMatchObject({ code: 'RoomTaken' });
    await aSignedLease(roomId, today, last);
  });

  it('names a room by its building and its number, before and after a move', async () => {
    const roomId = await aRoom();
    const leaseId = await aSignedLease(roomId);
    const [room] = await asOperator((tx) =>
      tx.query<{ name: string }>(
        `SELECT g.name || ' ' || r.code AS name FROM room r JOIN building g ON g.id = r.building_id WHERE r.id = $1`,
        [roomId],
      ),
    );
    expect(room?.name).toMatch(/^\S+ \S+$/);
    expect((await asOperator((tx) => loadLease(tx, leaseId))).roomCode).toBe(room?.name);
    expect(await asOperator((tx) => moveRoom(tx, leaseId, roomId))).toBe(room?.name);
  });
});

describe('a lease on its way', () => {
  it('can have every status of the domain, and no other', async () => {
    const leaseId = await aSignedLease(await aRoom());
    const set = (status: string) =>
      asOperator((tx) => tx.query('UPDATE lease SET status = $2 WHERE id = $1', [leaseId, status]));
    for (const status of LEASE_STATUSES) await set(status);
    await expect(set('suspended')).rejects.toMatchObject({ code: '23514' });
  });

  it('moves once, tells it once, and refuses a move from where it is not', async () => {
    const leaseId = await aSignedLease(await aRoom());
    const move = (at: string) =>
      asOperator((tx) =>
        setStatus(tx, {
          leaseId,
          from: 'effective',
          to: 'ending',
          at,
          events: [{ key: 'status/ending', kind: 'statusChanged', data: { to: 'ending' } }],
        }),
      );
    await move('2026-10-01T01:00:00.000Z');
    await move('2026-10-01T02:00:00.000Z');
    expect(await asOperator((tx) => timeline(tx, leaseId))).toMatchObject([
      { key: 'status/ending', at: '2026-10-01T01:00:00.000Z', data: { to: 'ending' } },
    ]);
    const wrong = asOperator((tx) =>
      setStatus(tx, { leaseId, from: 'effective', to: 'cancelled', at: '2026-10-02T01:00:00.000Z', events: [] }),
    );
    await expect(wrong).rejects.toMatchObject({ code: 'LeaseStatusChanged' });
  });

  it('keeps what a restart from the record needs', async () => {
    const leaseId = await aSignedLease(await aRoom());
    await asOperator((tx) =>
      updateLease(tx, leaseId, {
        billedUntil: localDate('2026-03-01'),
        checkout: { reason: 'expiry' },
        enforcement: 'restricted',
        humanRelease: null,
      }),
    );
    expect(await asOperator((tx) => loadLease(tx, leaseId))).toMatchObject({
      billedUntil: '2026-03-01',
      checkout: { reason: 'expiry' },
      enforcement: 'restricted',
      humanRelease: null,
      terms: { startsOn: '2026-01-01', depositFen: 300_000 },
    });
    await expect(asOperator((tx) => loadLease(tx, newId()))).rejects.toMatchObject({ code: 'LeaseNotFound' });
  });

  it('keeps the old room until a transfer and the new one from its day', async () => {
    const [oldRoom, newRoom] = [await aRoom(), await aRoom()];
    const leaseId = await aSignedLease(oldRoom);
    const terms = someTerms(oldRoom);
    const [original] = terms.segments;
    if (!original) throw new Error('terms without a segment');
    const from = localDate('2026-07-01');
    const moved = {
      ...terms,
      segments: [original, { ...original, from, roomId: newRoom, reason: 'transfer' as const }],
    };
    await asOperator((tx) => saveTerms(tx, { leaseId, terms: moved, today: from }));
    expect((await asOperator((tx) => loadLease(tx, leaseId))).roomId).toBe(newRoom);
    await expect(aSignedLease(newRoom, '2026-12-01', '2027-01-31')).rejects.toMatchObject({ code: 'RoomTaken' });
    await expect(aSignedLease(oldRoom, '2026-06-30', '2026-12-31')).rejects.toMatchObject({ code: 'RoomTaken' });
    await aSignedLease(oldRoom, '2026-07-01', '2026-12-31');
  });

  it('refuses a transfer into a room that someone has', async () => {
    const [own, taken] = [await aRoom(), await aRoom()];
    const leaseId = await aSignedLease(own);
    await aSignedLease(taken);
    const into = asOperator((tx) =>
      saveTerms(tx, { leaseId, terms: someTerms(taken), today: localDate('2026-01-01') }),
    );
    await expect(into).rejects.toMatchObject({ code: 'RoomTaken' });
    expect((await asOperator((tx) => loadLease(tx, leaseId))).terms.segments[0]?.roomId).toBe(own);
  });
});
