import type { z } from 'zod';
import type * as http from '../contract/http/places';
import { changeFireAlarm } from '../db/fire-alarm';
import type { Tx } from '../db/tx';
import type { BuildingId } from '../domain/ids';
import { asAudit } from './audit';
import type { Actor } from './auth/actor';

type Alarm = {
  readonly buildingId: BuildingId;
  readonly body: z.output<typeof http.fireAlarmBody>;
  readonly actor: Actor;
  readonly at: Date;
};

/** A person's word about the alarm of a building that the caller holds locked. Only a person ends one, also one that a panel began. */
export async function soundFireAlarm(
  tx: Tx,
  { buildingId, body: { active, reason }, actor, at }: Alarm,
): Promise<z.output<typeof http.fireAlarm>> {
  const now = at.toISOString();
  const change = { buildingId, active, at: now, cause: now, actor: asAudit(actor), why: reason };
  return { buildingId, ...(await changeFireAlarm(tx, change)) };
}
