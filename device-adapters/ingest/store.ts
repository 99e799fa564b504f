import type { StateReport } from '../../contract/mqtt/messages';
import type { RoomPartAddress } from '../../contract/mqtt/topics';
import type { Tx } from '../../db/tx';

/** A report as it came off its topic. */
export type ReceivedReport = { readonly address: RoomPartAddress; readonly report: StateReport };

/** The words the device table uses: `locked`, `unlocked`, `on`, `off`. */
const reportedState = (report: StateReport): string => {
  if (report.part === 'door') return report.locked ? 'locked' : 'unlocked';
  return report.on ? 'on' : 'off';
};

// A virtual device needs no fitter: the first report of a known room registers it. Real ones come from the inventory only.
const REGISTER = `
  INSERT INTO device (operator_id, room_id, kind, virtual)
  SELECT room.operator_id, room.id, report.kind, true
    FROM unnest($2::uuid[], $3::text[], $4::boolean[]) AS report (room_id, kind, virtual)
    JOIN room ON room.operator_id = $1 AND room.id = report.room_id
   WHERE report.virtual
   ORDER BY room.id, report.kind
  ON CONFLICT DO NOTHING`;

// Ordered by device, so that two processes with the same reports queue up instead of deadlocking.
const STORE = `
  INSERT INTO device_state (operator_id, device_id, reported, reported_at)
  SELECT device.operator_id, device.id, report.reported, report.reported_at
    FROM unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) AS report (room_id, kind, reported, reported_at)
    JOIN device ON device.operator_id = $1 AND device.room_id = report.room_id AND device.kind = report.kind
   ORDER BY device.id
  ON CONFLICT (operator_id, device_id) DO UPDATE SET reported = excluded.reported, reported_at = excluded.reported_at
   WHERE device_state.reported_at IS NULL OR device_state.reported_at < excluded.reported_at
  RETURNING device_id`;

/**
 * Stores how the devices of one operator stand and answers how many rows changed. Idempotent: an equal or older report, or
 * one of a device that nobody registered, changes nothing. At most one report per device in a call.
 */
export async function storeReports(tx: Tx, received: readonly ReceivedReport[]): Promise<number> {
  const rooms = received.map(({ address }) => address.roomId);
  const kinds = received.map(({ address }) => address.part);
  await tx.query(REGISTER, [tx.operatorId, rooms, kinds, received.map(({ report }) => report.virtual)]);
  const changed = await tx.query(STORE, [
    tx.operatorId,
    rooms,
    kinds,
    received.map(({ report }) => reportedState(report)),
    received.map(({ report }) => report.observedAt),
  ]);
  return changed.length;
}
