import { expect, test } from '@jest/globals';
import { localDate } from '../domain/calendar';
import { roomTaken } from './pricing';

test('a refused quote names the days on which the room is taken, the last one inclusive, and the contract', () => {
  const refusal = roomTaken({ from: localDate('2027-01-01'), until: localDate('2028-01-01'), leaseNumber: 'HT-1' });
  expect(refusal).toMatchObject({
    code: 'RoomTaken',
    message: 'Lease HT-1 holds the room from 2027-01-01 through 2027-12-31.',
  });
  expect(refusal.extras.errors).toEqual([
    {
      path: 'startsOn',
      message: '该房间自 2027-01-01 至 2027-12-31 已由租约 HT-1 占用',
      messageEn: 'Lease HT-1 holds the room from 2027-01-01 through 2027-12-31.',
    },
  ]);
});
