import type { Id, RoomId } from '../domain/ids';
import type { Tx } from './tx';

export type DeviceId = Id<'device'>;
export type DeviceKind = 'door' | 'power';

export type Device = {
  readonly id: DeviceId;
  readonly kind: DeviceKind;
  /** Simulated: there is no metal behind it, and screens say so. */
  readonly virtual: boolean;
  readonly desired: string | null;
  readonly reported: string | null;
  readonly reportedAt: string | null;
};

/** Gives a room its virtual door and power switch, unless it has devices. */
export async function ensureVirtualDevices(tx: Tx, roomIds: readonly RoomId[]): Promise<void> {
  await tx.query(
    `INSERT INTO device (operator_id, room_id, kind, virtual)
      SELECT $1, r.id, k.kind, true FROM unnest($2::uuid[]) AS r(id) CROSS JOIN (VALUES ('door'), ('power')) AS k(kind)
      ON CONFLICT (operator_id, room_id, kind) DO NOTHING`,
    [tx.operatorId, roomIds],
  );
}

export const devicesOf = (tx: Tx, roomId: RoomId): Promise<readonly Device[]> =>
  tx.query(
    `SELECT d.id, d.kind, d.virtual, s.desired, s.reported, s.reported_at AS "reportedAt"
      FROM device d LEFT JOIN device_state s ON s.operator_id = d.operator_id AND s.device_id = d.id
      WHERE d.room_id = $1 ORDER BY d.kind`,
    [roomId],
  );

/** What we want of a device and why; kept for comparing with what it reports. */
export async function setDesired(
  tx: Tx,
  wish: { readonly deviceId: DeviceId; readonly desired: string; readonly because: string; readonly at: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO device_state (operator_id, device_id, desired, desired_because, desired_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (operator_id, device_id) DO UPDATE
        SET desired = excluded.desired, desired_because = excluded.desired_because, desired_at = excluded.desired_at`,
    [tx.operatorId, wish.deviceId, wish.desired, wish.because, wish.at],
  );
}

/** What devices say of themselves; an older report never overwrites a newer one. */
export async function storeReports(
  tx: Tx,
  reports: readonly { readonly deviceId: DeviceId; readonly reported: string; readonly at: string }[],
): Promise<void> {
  if (reports.length === 0) return;
  await tx.query(
    `INSERT INTO device_state (operator_id, device_id, reported, reported_at)
      SELECT DISTINCT ON ("deviceId") $1::uuid, "deviceId", reported, at
        FROM jsonb_to_recordset($2::jsonb) AS r("deviceId" uuid, reported text, at timestamptz) ORDER BY "deviceId", at DESC
      ON CONFLICT (operator_id, device_id) DO UPDATE SET reported = excluded.reported, reported_at = excluded.reported_at
        WHERE device_state.reported_at IS NULL OR device_state.reported_at <= excluded.reported_at`,
    [tx.operatorId, JSON.stringify(reports)],
  );
}
