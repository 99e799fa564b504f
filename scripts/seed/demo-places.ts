import { insertBuilding, insertCommunity, insertRoomType } from '../../db/queries/places';
import { insertPrice } from '../../db/queries/prices';
import { insertRoom } from '../../db/queries/rooms';
import type { Tx } from '../../db/tx';
import { localDate } from '../../domain/calendar';
import type { RoomId } from '../../domain/ids';
import { fen } from '../../domain/money';
import type { PaymentCycle } from '../../domain/terms';
import { demoId } from './demo-ids';

export const DEMO_COMMUNITY_ID = demoId<'community'>('community');

/** 开间, 一居, 两居, as the price list knows them. */
const TYPES = [
  { code: 'studio', name: '精装开间', areaM2: 28.5, rateFen: fen(260_000) },
  { code: 'one', name: '一室一厅', areaM2: 45, rateFen: fen(380_000) },
  { code: 'two', name: '两室一厅', areaM2: 68.8, rateFen: fen(520_000) },
] as const;

const BUILDINGS = ['1', '2'] as const;
const FLOORS = 5;
const ROOMS_PER_FLOOR = 4;
const ORIENTATIONS = ['南', '南', '东', '北'] as const;

/** Room of a building by its number on the door, e.g. `demoRoom('1', '302')`. */
export const demoRoom = (building: string, code: string): RoomId => demoId<'room'>(`room/${building}/${code}`);

/** One community of two buildings and forty rooms, with a price list by type and cycle. */
export async function seedPlaces(tx: Tx): Promise<void> {
  const communityId = DEMO_COMMUNITY_ID;
  const address = '北京市朝阳区示范路 8 号';
  await insertCommunity(tx, communityId, { code: 'DEMO-1', name: '示范公寓·阳光里', city: '北京', address });
  for (const { code, name } of TYPES) await insertRoomType(tx, demoId(`type/${code}`), { communityId, code, name });
  for (const code of BUILDINGS) {
    await insertBuilding(tx, demoId(`building/${code}`), { communityId, code, name: `${code}栋` });
    await seedRooms(tx, code);
  }
  await seedPrices(tx);
}

async function seedRooms(tx: Tx, building: string): Promise<void> {
  for (let n = 0; n < FLOORS * ROOMS_PER_FLOOR; n += 1) {
    const floor = Math.floor(n / ROOMS_PER_FLOOR) + 1;
    const code = `${floor}0${(n % ROOMS_PER_FLOOR) + 1}`;
    const type = typeOf(code);
    await insertRoom(tx, {
      ...{
        id: demoRoom(building, code),
        communityId: DEMO_COMMUNITY_ID,
        buildingId: demoId(`building/${building}`),
        code,
      },
      ...{ roomTypeId: demoId(`type/${type.code}`), floor, areaM2: type.areaM2 },
      ...{ orientation: ORIENTATIONS[n % ROOMS_PER_FLOOR] ?? '南', facilities: ['空调', '热水器', '洗衣机'] },
      onSale: code !== '504',
    });
  }
}

/** Rooms 1 and 2 of a floor are studios, 3 has one bedroom, 4 has two. */
const typeOf = (code: string): (typeof TYPES)[number] =>
  (code.endsWith('4') ? TYPES[2] : code.endsWith('3') ? TYPES[1] : TYPES[0]) ?? TYPES[0];

export const demoRateOf = (code: string) => typeOf(code).rateFen;

/** Longer prepayment is cheaper; a year at once more so. */
const CYCLES: readonly (readonly [PaymentCycle, number])[] = [
  [1, 1],
  [2, 0.99],
  [3, 0.98],
  [12, 0.95],
];

async function seedPrices(tx: Tx): Promise<void> {
  const always = { validFrom: localDate('2026-01-01'), validUntil: null, maxMonths: null, roomId: null } as const;
  for (const { code, rateFen } of TYPES) {
    for (const [cycle, share] of CYCLES) {
      await insertPrice(tx, demoId(`price/${code}/${cycle}`), {
        ...always,
        ...{
          communityId: DEMO_COMMUNITY_ID,
          roomTypeId: demoId(`type/${code}`),
          minMonths: 6,
          cycle,
          basis: 'perMonth',
        },
        ...{ rateFen: fen(Math.round(rateFen * share)), depositMonths: 1, taxBasisPoints: 500, discounts: [] },
        ...{ escalation: { kind: 'percent', basisPoints: 300 }, fees: [{ kind: 'network', amountFen: fen(5_000) }] },
      });
    }
  }
}
