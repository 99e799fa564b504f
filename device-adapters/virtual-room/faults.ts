import { number, words } from '../../contract/config-fields';
import type { readSettings } from '../../contract/settings';
import type { RoomId } from '../../domain/ids';

/** How badly the virtual rooms behave, so that waiting, retrying and giving up can be tried. */
export type Faults = {
  readonly delayMs: number;
  /** Share of commands that get lost, 0 to 1. Fire alarms are never lost: in a building they are wired. */
  readonly dropShare: number;
  readonly deafRooms: ReadonlySet<string>;
};

export const NO_FAULTS: Faults = { delayMs: 0, dropShare: 0, deafRooms: new Set() };

/** The variables that say how badly they behave. */
export const FAULTS = {
  VIRTUAL_ROOM_DELAY_MS: number(0, 600_000).default(0),
  VIRTUAL_ROOM_DROP_SHARE: number(0, 1).default(0),
  VIRTUAL_ROOM_DEAF_ROOMS: words.default(''),
};

export function faultsOf(values: ReturnType<typeof readSettings<typeof FAULTS>>): Faults {
  const deaf = values.VIRTUAL_ROOM_DEAF_ROOMS.split(',').map((id) => id.trim());
  return {
    delayMs: values.VIRTUAL_ROOM_DELAY_MS,
    dropShare: values.VIRTUAL_ROOM_DROP_SHARE,
    deafRooms: new Set(deaf.filter((id) => id !== '')),
  };
}

/** Whether a command to this room goes unheard. @param chance a number in [0, 1). */
export const isLost = (faults: Faults, roomId: RoomId, chance: number): boolean =>
  faults.deafRooms.has(roomId) || chance < faults.dropShare;
