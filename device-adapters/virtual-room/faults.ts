import { z } from 'zod';
import type { RoomId } from '../../domain/ids';

/** How badly the virtual rooms behave, so that waiting, retrying and giving up can be tried. */
export type Faults = {
  readonly delayMs: number;
  /** Share of commands that get lost, 0 to 1. Fire alarms are never lost: in a building they are wired. */
  readonly dropShare: number;
  readonly deafRooms: ReadonlySet<string>;
};

export const NO_FAULTS: Faults = { delayMs: 0, dropShare: 0, deafRooms: new Set() };

const Env = z.object({
  VIRTUAL_ROOM_DELAY_MS: z.coerce.number().int().min(0).max(600_000).default(0),
  VIRTUAL_ROOM_DROP_SHARE: z.coerce.number().min(0).max(1).default(0),
  VIRTUAL_ROOM_DEAF_ROOMS: z.string().default(''),
});

/** @throws z.ZodError naming the variable that makes no sense. */
export function faultsFromEnv(env: Readonly<Record<string, string | undefined>>): Faults {
  const values = Env.parse(env);
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
