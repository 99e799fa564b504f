import type { BuildingId, CommunityId, LeaseId } from '../domain/ids';
import { type Actor, audit } from './audit';
import { setFireAlarm } from './enforcement';
import { enqueue } from './outbox';
import { fireAlarmOf, leasesIn } from './queries/places';
import type { Tx } from './tx';

export type FireAlarmChange = {
  readonly buildingId: BuildingId;
  readonly active: boolean;
  /** When it began, for one that begins. */
  readonly at: string;
  /** Names this change among all of the building: the leases are told once of each. */
  readonly cause: string;
  readonly actor: Actor;
  readonly why: string;
};

/**
 * Begins or ends the alarm of a building that the caller holds locked, and has each lease there look at its doors again. An alarm that
 * lasts already keeps its beginning, and nobody is told twice.
 * @returns since when the alarm lasts now (null: there is none), and how many leases are told
 */
export async function changeFireAlarm(
  tx: Tx,
  { buildingId, active, at, cause, actor, why }: FireAlarmChange,
): Promise<{ readonly fireAlarmSince: string | null; readonly leases: number }> {
  const before = await fireAlarmOf(tx, buildingId);
  if (active === (before !== null)) return { fireAlarmSince: before, leases: 0 };
  const fireAlarmSince = active ? at : null;
  await setFireAlarm(tx, buildingId, fireAlarmSince);
  const leases = await leasesIn(tx, buildingId);
  for (const leaseId of leases) await tell(tx, leaseId, `fire-alarm${active ? '' : '-over'}/${buildingId}/${cause}`);
  await audit(tx, {
    actor,
    action: active ? 'building.beginFireAlarm' : 'building.endFireAlarm',
    subject: { kind: 'building', id: buildingId },
    before: { fireAlarmSince: before },
    after: { fireAlarmSince, leases: leases.length },
    why,
  });
  return { fireAlarmSince, leases: leases.length };
}

const tell = (tx: Tx, leaseId: LeaseId, of: string): Promise<void> =>
  enqueue(tx, { key: `${of}/${leaseId}`, topic: 'enforcementFactsChanged', payload: { leaseId, why: 'fireAlarm' } });

export type AlarmedBuilding = {
  readonly communityId: CommunityId;
  readonly name: string;
  readonly fireAlarmSince: string | null;
};

/** The building, locked until the transaction ends; undefined when the operator has none of that id. */
export async function lockBuilding(tx: Tx, buildingId: BuildingId): Promise<AlarmedBuilding | undefined> {
  const [row] = await tx.query<AlarmedBuilding>(
    `SELECT community_id AS "communityId", name, fire_alarm_since AS "fireAlarmSince" FROM building WHERE id = $1 FOR UPDATE`,
    [buildingId],
  );
  return row;
}

export type PanelReport = {
  readonly buildingId: BuildingId;
  readonly alarmId: string /** The panel's clock. */;
  readonly at: string;
};

/**
 * Keeps that a panel sounds an alarm; false when this was known. The same alarm at another time is another word of the panel, since an id
 * that was used before must never keep a real alarm from being heard.
 */
export async function keepSounding(tx: Tx, { buildingId, alarmId, at }: PanelReport): Promise<boolean> {
  const kept = await tx.query(
    `INSERT INTO fire_alarm_report AS r (operator_id, building_id, alarm_id, sounded_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (operator_id, building_id, alarm_id) DO UPDATE SET sounded_at = excluded.sounded_at, over_at = NULL, received_at = now()
        WHERE r.sounded_at IS DISTINCT FROM excluded.sounded_at RETURNING alarm_id`,
    [tx.operatorId, buildingId, alarmId, at],
  );
  return kept.length > 0;
}

/** Keeps that a panel calls an alarm over. `unheard`: its beginning never arrived; null when this was known. */
export async function keepOver(tx: Tx, { buildingId, alarmId, at }: PanelReport): Promise<'heard' | 'unheard' | null> {
  const [kept] = await tx.query<{ heard: boolean }>(
    `INSERT INTO fire_alarm_report AS r (operator_id, building_id, alarm_id, over_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (operator_id, building_id, alarm_id) DO UPDATE SET over_at = excluded.over_at, received_at = now()
        WHERE r.over_at IS DISTINCT FROM excluded.over_at RETURNING sounded_at IS NOT NULL AS heard`,
    [tx.operatorId, buildingId, alarmId, at],
  );
  return kept ? (kept.heard ? 'heard' : 'unheard') : null;
}
