import { expect, it } from '@jest/globals';
import { readSettings } from '../../contract/settings';
import { parseId } from '../../domain/ids';
import { FAULTS, faultsOf, isLost, NO_FAULTS } from './faults';

const faultsFromEnv = (env: Record<string, string>) => faultsOf(readSettings(FAULTS, env));

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
  for (const share of ['25', 'much', '-0.1'])
    expect(() => faultsFromEnv({ VIRTUAL_ROOM_DROP_SHARE: share })).toThrow(/^VIRTUAL_ROOM_DROP_SHARE must .* \/ 必须/);
});
