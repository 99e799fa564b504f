import type { z } from 'zod';
import type * as http from '../contract/http/places';
import { setFireAlarm } from '../db/enforcement';
import { enqueue } from '../db/outbox';
import { fireAlarmOf, leasesIn } from '../db/queries/places';
import type { Tx } from '../db/tx';
import type { BuildingId, LeaseId } from '../domain/ids';
import { note } from './audit';
import type { Actor } from './auth/actor';

type Alarm = {
  readonly buildingId: BuildingId;
  readonly body: z.output<typeof http.fireAlarmBody>;
  readonly actor: Actor;
  readonly at: Date;
};

/**
 * Begins or ends the alarm of a building that the caller holds locked, and has each lease there look at its doors again. An alarm that
 * lasts already keeps its beginning, and nobody is told twice.
 */
export async function soundFireAlarm(
  tx: Tx,
  { buildingId, body: { active, reason }, actor, at }: Alarm,
): Promise<z.output<typeof http.fireAlarm>> {
  const before = await fireAlarmOf(tx, buildingId);
  if (active === (before !== null)) return { buildingId, fireAlarmSince: before, leases: 0 };
  const fireAlarmSince = active ? at.toISOString() : null;
  await setFireAlarm(tx, buildingId, fireAlarmSince);
  const leases = await leasesIn(tx, buildingId);
  const of = active ? `fire-alarm/${at.toISOString()}` : `fire-alarm-over/${before}`;
  for (const leaseId of leases) await tell(tx, leaseId, of);
  await note(tx, actor, {
    action: active ? 'building.beginFireAlarm' : 'building.endFireAlarm',
    subject: { kind: 'building', id: buildingId },
    before: { fireAlarmSince: before },
    after: { fireAlarmSince, leases: leases.length },
    why: reason,
  });
  return { buildingId, fireAlarmSince, leases: leases.length };
}

const tell = (tx: Tx, leaseId: LeaseId, of: string): Promise<void> =>
  enqueue(tx, { key: `${of}/${leaseId}`, topic: 'enforcementFactsChanged', payload: { leaseId, why: 'fireAlarm' } });
