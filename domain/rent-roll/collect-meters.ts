import type { LocalDate } from '../calendar';
import { type Draft, elsewhere, roomKeyOf } from './draft';
import type { Row } from './fields';
import { rollKey } from './roll';
import { type Origin, type Refusal, refusal } from './table';
import type { MeterKind } from './words';

/** A meter of a room with the reading that comes along; `field` is where its number stands, for refusals. */
export type MeterFacts = {
  readonly roomKey: string;
  readonly kind: MeterKind;
  readonly number: string;
  readonly thousandths: number | null;
  readonly readOn: LocalDate | null;
  readonly field: string;
};

export const meterKeyOf = (kind: MeterKind, number: string): string => rollKey(kind, number);

/** The same meter may come with several readings, of different days, but in one room only. */
export function checkMeter(draft: Draft, origin: Origin, meter: MeterFacts): Refusal[] {
  const known = draft.meters.get(meterKeyOf(meter.kind, meter.number));
  const sameRoom = known?.roomKey === meter.roomKey && meter.readOn !== null && meter.field === 'meter';
  return known && !sameRoom ? [refusal(origin, meter.field, elsewhere(known.origin, origin))] : [];
}

export function putMeter(draft: Draft, origin: Origin, meter: MeterFacts): void {
  const { kind, number, roomKey, thousandths, readOn } = meter;
  const key = meterKeyOf(kind, number);
  if (!draft.meters.has(key)) draft.meters.set(key, { key, kind, number, roomKey, origin });
  if (thousandths !== null) draft.readings.push({ meterKey: key, day: readOn, thousandths, origin });
}

export function collectMeter(draft: Draft, origin: Origin, row: Row<'meters'>): Refusal[] {
  const meter: MeterFacts = {
    roomKey: roomKeyOf(row),
    kind: row.kind,
    number: row.meter,
    thousandths: row.reading,
    readOn: row.readOn,
    field: 'meter',
  };
  const refused = checkMeter(draft, origin, meter);
  if (refused.length === 0) putMeter(draft, origin, meter);
  return refused;
}
