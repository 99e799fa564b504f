import type { LocalDate } from '../calendar';
import { both } from './cell';
import { findRoom, NO_ROOM } from './plan-places';
import { isOut, type Planning, refuse } from './planning';
import type { RollMeter, RollReading } from './roll';
import type { MeterId } from './snapshot';

export function planMeters(planning: Planning): void {
  const { roll } = planning;
  for (const meter of roll.meters.values()) if (!isOut(planning, meter.origin)) planMeter(planning, meter);
  const seen = new Map<string, Map<LocalDate, number>>();
  for (const reading of roll.readings) if (!isOut(planning, reading.origin)) planReading(planning, reading, seen);
}

const NO_METER = both('该表所在行未被接受', 'the row that states the meter is refused');

/** Where a sheet keeps the number of each kind of meter. */
const FIELDS = { coldWater: 'waterNo', hotWater: 'hotWaterNo', electricity: 'powerNo', gas: 'gasNo' } as const;

const fieldOf = ({ origin, kind }: RollMeter): string => (origin.sheet.kind === 'meters' ? 'meter' : FIELDS[kind]);

function planMeter(planning: Planning, meter: RollMeter): void {
  const room = findRoom(planning, meter.roomKey);
  if (!room) {
    refuse(planning, meter.origin, meter.origin.sheet.kind === 'meters' ? 'room' : fieldOf(meter), NO_ROOM);
    return;
  }
  const known = planning.snapshot.meters.get(meter.key);
  const id = known?.id ?? (planning.newId() as MeterId);
  planning.meters.set(meter.key, id);
  const row = { id, roomId: room.id, kind: meter.kind, number: meter.number };
  if (!known) {
    planning.created.meters++;
    planning.changes.newMeters.push(row);
  } else if (known.roomId === room.id) {
    planning.unchanged.meters++;
  } else {
    planning.changed.meters++;
    planning.changes.movedMeters.push(row);
  }
}

/** A reading without a day is one of the day of the import, unless the very same was imported before. */
function planReading(planning: Planning, reading: RollReading, seen: Map<string, Map<LocalDate, number>>): void {
  const meterId = planning.meters.get(reading.meterKey);
  if (meterId === undefined) {
    const first = planning.roll.meters.get(reading.meterKey)?.origin;
    // The row that brought the meter has had its refusal; another row with a reading of it needs its own.
    if (first !== reading.origin) refuse(planning, reading.origin, 'meter', NO_METER);
    return;
  }
  let readings = seen.get(reading.meterKey);
  if (!readings) {
    readings = new Map(planning.snapshot.meters.get(reading.meterKey)?.readings);
    seen.set(reading.meterKey, readings);
  }
  const repeated = reading.day === null && [...readings.values()].includes(reading.thousandths);
  const day = reading.day ?? planning.asOf;
  const there = readings.get(day);
  if (repeated || there === reading.thousandths) {
    planning.unchanged.readings++;
    return;
  }
  if (there !== undefined) {
    const reason = both(`${day} 已有读数 ${there / 1000}`, `there is a reading of ${there / 1000} on ${day}`);
    refuse(planning, reading.origin, reading.origin.sheet.kind === 'meters' ? 'reading' : 'readOn', reason);
    return;
  }
  readings.set(day, reading.thousandths);
  planning.created.readings++;
  planning.changes.newReadings.push({ meterId, day, thousandths: reading.thousandths });
}
