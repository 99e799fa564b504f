import { z } from 'zod';
import type { RoomPart } from './topics';

const instant = z.iso.datetime();
const name = z.string().min(1).max(200);

const ROOM_ACTIONS = {
  door: ['lock', 'unlock'],
  power: ['cut', 'restore'],
} as const satisfies Record<RoomPart, readonly string[]>;

export type RoomAction = (typeof ROOM_ACTIONS)[RoomPart][number];

/** The actions that take something from the person in the room; only these expire, and only these yield to a fire alarm. */
export const isRestriction = (action: RoomAction): boolean => action === 'lock' || action === 'cut';

/** Whether `action` can be done to `part` at all: power has no handle to lock. */
export const fitsPart = (action: RoomAction, part: RoomPart): boolean =>
  (ROOM_ACTIONS[part] as readonly string[]).includes(action);

export const RoomCommand = z.strictObject({
  /** Business key of the command: sent twice, it acts once. */
  commandId: name,
  action: z.enum([...ROOM_ACTIONS.door, ...ROOM_ACTIONS.power]),
  reason: z.string().max(500),
  /** Business time of the decision; within one `leaseId` an older decision never undoes a newer one. */
  at: instant,
  /**
   * The lease that decided. `at` orders commands of one lease only: a lease that travelled in time must not
   * block the commands of the next lease of the same room, whose business time is earlier.
   */
  leaseId: name.optional(),
  /** Wall clock after which a restriction must not be carried out any more; releases never expire. */
  expiresAt: instant.optional(),
});
export type RoomCommand = z.infer<typeof RoomCommand>;

/** Why a room did not do what it was told. */
const REFUSALS = ['superseded', 'expired', 'fireAlarm', 'notForThisPart'] as const;
export type CommandRefusal = (typeof REFUSALS)[number];

const report = {
  /** Last command that took effect; null before the first and after a fire alarm moved the part by itself. */
  commandId: name.nullable(),
  leaseId: name.nullable(),
  /** Business time of that command, echoed. */
  at: instant.nullable(),
  /** The device's own clock. */
  observedAt: instant,
  fireAlarm: z.boolean(),
  /** The last command that was not carried out, if that is what this report answers. */
  refused: z.strictObject({ commandId: name, why: z.enum(REFUSALS) }).nullable(),
  /** True for a simulated room. Screens must say so. */
  virtual: z.boolean(),
};

const DoorState = z.strictObject({
  part: z.literal('door'),
  /** The outside handle only. */
  locked: z.boolean(),
  /** Whoever is inside can always leave; no command changes this. */
  insideHandle: z.literal('free'),
  ...report,
});

const PowerState = z.strictObject({ part: z.literal('power'), on: z.boolean(), ...report });

export const StateReport = z.discriminatedUnion('part', [DoorState, PowerState]);
export type StateReport = z.infer<typeof StateReport>;

/** Whether the reported state is the one that `action` asks for. */
export function hasEffect(report: StateReport, action: RoomAction): boolean {
  if (report.part === 'door') return action === (report.locked ? 'lock' : 'unlock');
  return action === (report.on ? 'restore' : 'cut');
}

/**
 * A fire panel's word about its building. Rooms obey it by themselves. The platform believes at once that an alarm sounds, whoever says so;
 * that it is over, a person tells the platform: nothing proves who published it, and a false end would lock people in.
 */
export const FireAlarm = z.strictObject({
  /** The panel's number of this alarm. */
  alarmId: name,
  active: z.boolean(),
  /** The rooms of the building: rooms do not know which building they are in. */
  roomIds: z.array(z.guid()),
  /** The panel's clock, when the alarm began to sound or ended; a message that is repeated repeats it too. */
  at: instant,
});
export type FireAlarm = z.infer<typeof FireAlarm>;

/** Parses a payload by its schema; undefined when it is not JSON or not of that shape, which is the sender's fault. */
export function parsePayload<T>(schema: z.ZodType<T>, payload: { toString(): string }): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(payload.toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
