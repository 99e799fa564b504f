import type { Device, Door } from './client/contract';

/** `fine` and `locked` are what the door itself said; `opening` and `locking` what it was told; `unheard`: it never said anything;
 * `unused`: a virtual one that nobody commanded yet, which is why it has said nothing. */
export type DoorState = 'fine' | 'opening' | 'unheard' | 'unused' | 'locked' | 'locking';

/** A virtual device reports after its first command; until then its silence is no fault. */
export const isUnused = ({ virtual, desired, reported }: Device): boolean =>
  virtual && desired === null && reported === null;

/** Nothing is claimed of a door that nobody heard from. */
export function doorState({ enforcement, devices }: Pick<Door, 'enforcement' | 'devices'>): DoorState {
  const door = devices.find(({ kind }) => kind === 'door');
  const reported = door?.reported ?? null;
  if (enforcement === 'restricted') return reported === 'locked' ? 'locked' : 'locking';
  if (door && isUnused(door)) return 'unused';
  if (reported === null) return 'unheard';
  return reported === 'locked' ? 'opening' : 'fine';
}
