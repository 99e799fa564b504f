import {
  type CommandRefusal,
  fitsPart,
  isRestriction,
  type RoomCommand,
  type StateReport,
} from '../../contract/mqtt/messages';
import type { RoomPart } from '../../contract/mqtt/topics';

/** One part of a virtual room: its latest report, and the ids of the last commands it carried out (oldest first). */
export type PartState = { readonly report: StateReport; readonly done: readonly string[] };

const REMEMBERED_COMMANDS = 16; // covers redelivery after a reconnect; older ones are stopped by their `at`

const blank = (now: string) => ({
  commandId: null,
  leaseId: null,
  at: null,
  observedAt: now,
  fireAlarm: false,
  refused: null,
  virtual: true,
});

/** A part as it leaves the factory: door open to anyone with a key, power on. */
export const newPart = (part: RoomPart, now: string): PartState => ({
  report:
    part === 'door'
      ? { part: 'door', locked: false, insideHandle: 'free', ...blank(now) }
      : { part: 'power', on: true, ...blank(now) },
  done: [],
});

function refusalOf(state: PartState, command: RoomCommand, now: string): CommandRefusal | undefined {
  const { report, done } = state;
  if (!fitsPart(command.action, report.part)) return 'notForThisPart';
  const sameLease = command.leaseId === undefined || report.leaseId === null || command.leaseId === report.leaseId;
  if (done.includes(command.commandId)) return 'superseded';
  if (sameLease && report.at !== null && Date.parse(command.at) < Date.parse(report.at)) return 'superseded';
  if (!isRestriction(command.action)) return undefined;
  if (report.fireAlarm) return 'fireAlarm';
  const expired = command.expiresAt !== undefined && Date.parse(command.expiresAt) < Date.parse(now);
  return expired ? 'expired' : undefined;
}

const moved = (report: StateReport, restricted: boolean): StateReport =>
  report.part === 'door' ? { ...report, locked: restricted } : { ...report, on: !restricted };

/**
 * Carries out one command. The same command again changes nothing and is reported again, so that a lost answer is
 * repaired by asking; a command older than the last one of the same lease, or one that came too late, is refused.
 * @param now the device's clock, ISO.
 */
export function applyCommand(state: PartState, command: RoomCommand, now: string): PartState {
  if (state.report.commandId === command.commandId) return { ...state, report: { ...state.report, refused: null } };
  const why = refusalOf(state, command, now);
  if (why !== undefined) {
    return { ...state, report: { ...state.report, observedAt: now, refused: { commandId: command.commandId, why } } };
  }
  const report = {
    ...moved(state.report, isRestriction(command.action)),
    commandId: command.commandId,
    leaseId: command.leaseId ?? null,
    at: command.at,
    observedAt: now,
    refused: null,
  };
  return { report, done: [...state.done, command.commandId].slice(-REMEMBERED_COMMANDS) };
}

/**
 * A fire alarm releases the door and suspends a power cut at once. Its end moves nothing: whether the room is
 * restricted again is decided by people or policy, with a new command.
 */
export function applyFireAlarm(state: PartState, active: boolean, now: string): PartState {
  if (state.report.fireAlarm === active) return state;
  if (!active) return { ...state, report: { ...state.report, fireAlarm: false, observedAt: now, refused: null } };
  const released = moved(state.report, false);
  return { ...state, report: { ...released, commandId: null, fireAlarm: true, observedAt: now, refused: null } };
}
