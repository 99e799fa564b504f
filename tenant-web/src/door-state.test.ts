import { describe, expect, test } from '@jest/globals';
import type { Door } from './client/contract';
import { doorState } from './door-state';

const doorThatSaid = (reported: string | null) => [{ kind: 'door', reported }] as unknown as Door['devices'];

describe('what the tenant is told about the door', () => {
  test('it opens when the door said so', () => {
    expect(doorState({ enforcement: 'none', devices: doorThatSaid('unlocked') })).toBe('fine');
  });

  test('nothing is claimed of a door that never reported, or of a room without one', () => {
    expect(doorState({ enforcement: 'none', devices: doorThatSaid(null) })).toBe('unheard');
    expect(doorState({ enforcement: 'none', devices: [] })).toBe('unheard');
  });

  test('a virtual door that was never commanded is said to be one, and a real or a commanded one that is silent is not', () => {
    const silent = { kind: 'door', virtual: true, desired: null, reported: null };
    const stateOf = (door: object) => doorState({ enforcement: 'none', devices: [door] as unknown as Door['devices'] });
    expect(stateOf(silent)).toBe('unused');
    expect(stateOf({ ...silent, virtual: false })).toBe('unheard');
    expect(stateOf({ ...silent, desired: 'unlocked' })).toBe('unheard');
  });

  test('after paying it is opening until the door says that it is open', () => {
    expect(doorState({ enforcement: 'none', devices: doorThatSaid('locked') })).toBe('opening');
  });

  test('a lock-out is a fact only when the door said so', () => {
    expect(doorState({ enforcement: 'restricted', devices: doorThatSaid('locked') })).toBe('locked');
    expect(doorState({ enforcement: 'restricted', devices: doorThatSaid('unlocked') })).toBe('locking');
  });
});
