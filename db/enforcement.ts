import type { LocalDate } from '../domain/calendar';
import type { EnforcementFacts } from '../domain/enforcement';
import type { BillId, LeaseId, RoomId } from '../domain/ids';
import type { Fen } from '../domain/money';
import type { Tx } from './tx';

/** What protects a lease from a lock-out today, as stored. `noticeServed` is the caller's to add: it knows which bills it is about. */
export type Protections = Pick<EnforcementFacts, 'exemption' | 'promise' | 'humanRelease' | 'fireAlarm'>;

/** Reads them in one query. Of several exemptions the last one granted holds, so that one without end can be ended. A promise counts as paid when as much came in since it was agreed as is promised up to its day. */
export async function protections(
  tx: Tx,
  input: { readonly leaseId: LeaseId; readonly roomId: RoomId; readonly today: LocalDate },
): Promise<Protections> {
  const [row] = await tx.query<Protections>(
    `SELECT
        (SELECT CASE WHEN until_day IS NULL OR until_day >= $3::date THEN json_build_object('reason', reason, 'until', until_day) END
          FROM exemption WHERE lease_id = $1 ORDER BY granted_at DESC, id DESC LIMIT 1) AS exemption,
        (SELECT json_build_object('until', p.until_day, 'amountFen', p.amount_fen) FROM (
            SELECT until_day, amount_fen, agreed_at, sum(amount_fen) OVER (ORDER BY until_day) AS due FROM promise WHERE lease_id = $1) p
          WHERE p.due > (SELECT coalesce(sum(amount_fen), 0) FROM payment
            WHERE lease_id = $1 AND status = 'applied' AND paid_at >= p.agreed_at) ORDER BY p.until_day LIMIT 1) AS promise,
        (SELECT human_release FROM lease WHERE id = $1) AS "humanRelease",
        (SELECT b.fire_alarm_since IS NOT NULL FROM room r
          JOIN building b ON b.operator_id = r.operator_id AND b.id = r.building_id WHERE r.id = $2) AS "fireAlarm"`,
    [input.leaseId, input.roomId, input.today],
  );
  return {
    exemption: row?.exemption ?? null,
    promise: row?.promise ?? null,
    humanRelease: row?.humanRelease ?? null,
    fireAlarm: row?.fireAlarm ?? false,
  };
}

export type Grant = { readonly leaseId: LeaseId; readonly by: string; readonly at: string };

/** `until` inclusive, null without end. */
export async function grantExemption(
  tx: Tx,
  grant: Grant & { readonly reason: string; readonly until: LocalDate | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO exemption (operator_id, lease_id, reason, until_day, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT DO NOTHING`,
    [tx.operatorId, grant.leaseId, grant.reason, grant.until, grant.by, grant.at],
  );
}

/** The exemption that was granted last, whether or not its day has passed. */
export async function lastExemption(
  tx: Tx,
  leaseId: LeaseId,
): Promise<{ readonly reason: string; readonly until: LocalDate | null } | null> {
  const [row] = await tx.query<{ reason: string; until: LocalDate | null }>(
    'SELECT reason, until_day AS until FROM exemption WHERE lease_id = $1 ORDER BY granted_at DESC, id DESC LIMIT 1',
    [leaseId],
  );
  return row ?? null;
}

/** What was promised for that day before; null when nothing was. */
export async function promisedFor(tx: Tx, leaseId: LeaseId, until: LocalDate): Promise<Fen | null> {
  const [row] = await tx.query<{ amountFen: Fen }>(
    'SELECT amount_fen AS "amountFen" FROM promise WHERE lease_id = $1 AND until_day = $2',
    [leaseId, until],
  );
  return row?.amountFen ?? null;
}

/** An instalment promised by its day, inclusive; promised again for the same day, the newer word holds. */
export async function recordPromise(
  tx: Tx,
  promise: Grant & { readonly until: LocalDate; readonly amountFen: Fen },
): Promise<void> {
  await tx.query(
    `INSERT INTO promise (operator_id, lease_id, until_day, amount_fen, agreed_by, agreed_at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (operator_id, lease_id, until_day) DO UPDATE
        SET amount_fen = excluded.amount_fen, agreed_by = excluded.agreed_by, agreed_at = excluded.agreed_at`,
    [tx.operatorId, promise.leaseId, promise.until, promise.amountFen, promise.by, promise.at],
  );
}

/** Why money was given up, beside the ledger's posting. Answers the waiver's id, the same one when asked twice. */
export async function recordWaiver(
  tx: Tx,
  waiver: Grant & {
    readonly billId: BillId;
    readonly key: string;
    readonly amountFen: Fen;
    readonly reason: string;
  },
): Promise<{ readonly waiverId: string; readonly isNew: boolean }> {
  const { leaseId, billId, key, amountFen, reason, by, at } = waiver;
  const [inserted] = await tx.query<{ id: string }>(
    `INSERT INTO waiver (operator_id, lease_id, bill_id, key, amount_fen, reason, granted_by, granted_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (operator_id, lease_id, key) DO NOTHING RETURNING id`,
    [tx.operatorId, leaseId, billId, key, amountFen, reason, by, at],
  );
  if (inserted) return { waiverId: inserted.id, isNew: true };
  const [first] = await tx.query<{ id: string }>('SELECT id FROM waiver WHERE lease_id = $1 AND key = $2', [
    leaseId,
    key,
  ]);
  if (!first) throw new Error(`waiver ${key} is neither new nor stored`);
  return { waiverId: first.id, isNew: false };
}

/** A fire alarm holds for a whole building; `since` null ends it. */
export async function setFireAlarm(tx: Tx, buildingId: string, since: string | null): Promise<void> {
  await tx.query('UPDATE building SET fire_alarm_since = $2 WHERE id = $1', [buildingId, since]);
}
