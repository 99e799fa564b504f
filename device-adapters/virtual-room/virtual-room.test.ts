import { describe, expect, it } from '@jest/globals';
import type { RoomCommand } from '../../contract/mqtt/messages';
import { applyCommand, applyFireAlarm, newPart, type PartState } from './virtual-room';

const NOW = '2026-01-06T00:00:05.000Z';
const aCommand = (overrides: Partial<RoomCommand> = {}): RoomCommand => ({
  commandId: 'lock-1',
  action: 'lock',
  reason: '欠费',
  at: '2026-01-06T00:00:00.000Z',
  leaseId: 'lease-1',
  ...overrides,
});
const doorAfter = (...commands: RoomCommand[]): PartState =>
  commands.reduce((state, command) => applyCommand(state, command, NOW), newPart('door', NOW));
const unlock = aCommand({ commandId: 'unlock-1', action: 'unlock', at: '2026-01-07T00:00:00.000Z' });

describe('a virtual door', () => {
  it('locks its outside handle and stays free from inside', () => {
    expect(doorAfter(aCommand()).report).toMatchObject({
      locked: true,
      insideHandle: 'free',
      virtual: true,
      commandId: 'lock-1',
      at: '2026-01-06T00:00:00.000Z',
      refused: null,
    });
  });

  it('acts once on a command that comes twice', () => {
    const once = doorAfter(aCommand());
    expect(applyCommand(once, aCommand(), '2026-01-06T09:00:00.000Z')).toEqual(once);
  });

  it('stays open when the lock command comes again after the release', () => {
    const state = doorAfter(aCommand(), unlock, aCommand());
    expect(state.report).toMatchObject({ locked: false, commandId: 'unlock-1' });
    expect(state.report.refused).toEqual({ commandId: 'lock-1', why: 'superseded' });
  });

  it('stays open when a lock decided before the release arrives after it for the first time', () => {
    const state = doorAfter(unlock, aCommand({ commandId: 'late' }));
    expect(state.report).toMatchObject({ locked: false, refused: { commandId: 'late', why: 'superseded' } });
  });

  it('still remembers a repeated command when both were decided at the same moment', () => {
    const sameMoment = aCommand({ commandId: 'unlock-2', action: 'unlock' });
    expect(doorAfter(aCommand(), sameMoment, aCommand()).report).toMatchObject({ locked: false });
  });

  it('obeys the next lease though the last one had travelled to a later year', () => {
    const travelled = aCommand({ at: '2027-06-01T00:00:00.000Z' });
    const next = aCommand({
      commandId: 'open-2',
      action: 'unlock',
      leaseId: 'lease-2',
      at: '2026-02-01T00:00:00.000Z',
    });
    expect(doorAfter(travelled, next).report).toMatchObject({ locked: false, commandId: 'open-2' });
  });

  it('does not lock after the command expired, and locks when it is sent again in time', () => {
    const expired = doorAfter(aCommand({ expiresAt: '2026-01-06T00:00:04.000Z' }));
    expect(expired.report).toMatchObject({ locked: false, refused: { why: 'expired' } });
    const again = applyCommand(expired, aCommand({ expiresAt: '2026-01-06T00:00:06.000Z' }), NOW);
    expect(again.report).toMatchObject({ locked: true, refused: null });
  });

  it('releases however late the command comes', () => {
    const late = { ...unlock, expiresAt: '2020-01-01T00:00:00.000Z' };
    expect(doorAfter(aCommand(), late).report).toMatchObject({ locked: false });
  });

  it('does not take commands for the power', () => {
    const state = doorAfter(aCommand({ action: 'cut' }));
    expect(state.report).toMatchObject({ locked: false, commandId: null, refused: { why: 'notForThisPart' } });
  });
});

describe('a fire alarm', () => {
  it('opens the door, and no lock holds until it has ended', () => {
    const alarmed = applyFireAlarm(doorAfter(aCommand()), true, NOW);
    expect(alarmed.report).toMatchObject({ locked: false, fireAlarm: true, commandId: null });
    const refused = applyCommand(alarmed, aCommand({ commandId: 'lock-2' }), NOW);
    expect(refused.report).toMatchObject({ locked: false, refused: { commandId: 'lock-2', why: 'fireAlarm' } });
    const ended = applyFireAlarm(refused, false, NOW);
    expect(ended.report).toMatchObject({ locked: false, fireAlarm: false });
    const locked = applyCommand(ended, aCommand({ commandId: 'lock-2' }), NOW);
    expect(locked.report).toMatchObject({ locked: true });
  });

  it('suspends a power cut', () => {
    const cut = applyCommand(newPart('power', NOW), aCommand({ action: 'cut' }), NOW);
    expect(cut.report).toMatchObject({ on: false });
    expect(applyFireAlarm(cut, true, NOW).report).toMatchObject({ on: true, fireAlarm: true });
  });
});
