import { expect, it } from '@jest/globals';
import { parseId } from '../../domain/ids';
import { faultsFromEnv, isLost, NO_FAULTS } from './faults';

const room = parseId<'room'>('01890a5d-ac96-774b-bcce-b302099a8058');
const other = parseId<'room'>('01890a5d-ac96-774b-bcce-b302099a8059');

it('loses nothing unless told to', () => {
  expect(faultsFromEnv({})).toEqual(NO_FAULTS);
  expect(isLost(NO_FAULTS, room, 0)).toBe(false);
});

it('loses every command to a deaf room and the given share of the others', () => {
  const faults = faultsFromEnv({ VIRTUAL_ROOM_DEAF_ROOMS: ` ${room} ,`, VIRTUAL_ROOM_DROP_SHARE: '0.25' });
  expect([isLost(faults, room, 0.99), isLost(faults, other, 0.24), isLost(faults, other, 0.25)]).toEqual([
    true,
    true,
    false,
  ]);
});

it('refuses a share above one by the name of its variable', () => {
  expect(() => faultsFromEnv({ VIRTUAL_ROOM_DROP_SHARE: '25' })).toThrow('VIRTUAL_ROOM_DROP_SHARE');
});
