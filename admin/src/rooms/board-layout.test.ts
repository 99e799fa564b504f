import { expect, test } from '@jest/globals';
import type { BoardRoom } from '../data/contract';
import { boardOf } from './board-layout';

const aRoom = (code: string, floor: number | null, building: string): BoardRoom => ({
  id: `${building}-${code}`,
  communityId: 'c',
  buildingId: building,
  buildingName: building,
  code,
  floor,
  roomTypeName: null,
  state: 'vacant',
  leaseId: null,
  leaseStatus: null,
  tenantName: null,
  endsOn: null,
  overdueFen: 0,
  reserved: null,
});

test('the board shows buildings by name, the top floor first, rooms by number and rooms without a floor last', () => {
  const rooms = [
    aRoom('1002', 10, '2栋'),
    aRoom('201', 2, '10栋'),
    aRoom('204', 2, '2栋'),
    aRoom('1001', 10, '2栋'),
    aRoom('B', null, '2栋'),
  ];
  const seen = boardOf(rooms).map(({ name, floors }) => [name, floors.map((f) => f.rooms.map(({ code }) => code))]);
  expect(seen).toEqual([
    ['2栋', [['1001', '1002'], ['204'], ['B']]],
    ['10栋', [['201']]],
  ]);
});
