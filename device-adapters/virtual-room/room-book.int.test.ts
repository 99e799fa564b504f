import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { stateTopic } from '../../contract/mqtt/topics';
import { parseId } from '../../domain/ids';
import { openRoomBook, readReport } from './room-book';
import { applyCommand, newPart } from './virtual-room';

const NOW = '2026-01-06T00:00:05.000Z';
const door = {
  operatorId: parseId<'operator'>('01890a5d-ac96-774b-bcce-b302099a8057'),
  roomId: parseId<'room'>('01890a5d-ac96-774b-bcce-b302099a8058'),
  part: 'door',
} as const;
const locked = applyCommand(
  newPart('door', NOW),
  { commandId: 'lock-1', action: 'lock', reason: '', at: '2026-01-06T00:00:00.000Z' },
  NOW,
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('finds a door locked after a crash that tore the last line of the journal', () => {
  const file = join(folder, 'rooms.jsonl');
  openRoomBook(file).set(door, locked);
  appendFileSync(file, '{"topic":"op/');
  expect(openRoomBook(file).get(door, NOW)).toEqual(locked);
});

it('does not grow without end', () => {
  const file = join(folder, 'rooms.jsonl');
  const book = openRoomBook(file);
  for (let i = 0; i < 3000; i++) book.set(door, locked);
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(1200);
  expect(openRoomBook(file).get(door, NOW)).toEqual(locked);
});

it('adopts a retained report unless it knows something newer', () => {
  const book = openRoomBook();
  book.adopt(door, locked.report);
  expect(book.get(door, NOW).report).toMatchObject({ locked: true });
  book.adopt(door, newPart('door', '2026-01-01T00:00:00.000Z').report);
  expect(book.get(door, NOW).report).toMatchObject({ locked: true });
  book.adopt(door, newPart('door', '2026-02-01T00:00:00.000Z').report);
  expect(book.get(door, NOW).report).toMatchObject({ locked: false });
});

it('does not take the report of a door for that of the power', () => {
  const payload = Buffer.from(JSON.stringify(locked.report));
  expect(readReport(stateTopic(door), payload)?.report).toEqual(locked.report);
  expect(readReport(stateTopic({ ...door, part: 'power' }), payload)).toBeUndefined();
});
