import type { Door } from './client/contract';

/** `fine` and `locked` are what the door itself said; `opening` and `locking` what it was told; `unheard`: it never said anything. */
export type DoorState = 'fine' | 'opening' | 'unheard' | 'locked' | 'locking';

/** Nothing is claimed of a door that nobody heard from. */
export function doorState({ enforcement, devices }: Pick<Door, 'enforcement' | 'devices'>): DoorState {
  const reported = devices.find(({ kind }) => kind === 'door')?.reported ?? null;
  if (enforcement === 'restricted') return reported === 'locked' ? 'locked' : 'locking';
  if (reported === null) return 'unheard';
  return reported === 'locked' ? 'opening' : 'fine';
}
