import type { CommunityId, Id, LeaseId } from '../domain/ids';
import type { NoticeDraft } from './lease-write';
import type { Tx } from './tx';

type NoticeId = Id<'notice'>;

/** Puts messages into inboxes; one whose key the lease has had is passed over. `at` is business time. */
export async function serveNotices(
  tx: Tx,
  lease: { readonly leaseId: LeaseId; readonly communityId: CommunityId },
  at: string,
  notices: readonly NoticeDraft[],
): Promise<void> {
  if (notices.length === 0) return;
  await tx.query(
    `INSERT INTO notice (operator_id, lease_id, community_id, audience, tenant_id, dedupe_key, template, title, text, served_at)
      SELECT $1, $2, $3, n.audience, CASE WHEN n.audience = 'tenant' THEN l.tenant_id END, n.key, n.template, n.title, n.text, $4
        FROM jsonb_to_recordset($5::jsonb) AS n(key text, audience text, template text, title text, text text)
        JOIN lease l ON l.id = $2
      ON CONFLICT DO NOTHING`,
    [tx.operatorId, lease.leaseId, lease.communityId, at, JSON.stringify(notices)],
  );
}

export type StoredNotice = {
  readonly id: NoticeId;
  readonly leaseId: LeaseId | null;
  readonly key: string;
  readonly template: string;
  readonly title: string;
  readonly text: string;
  readonly servedAt: string;
  readonly readAt: string | null;
};

const COLUMNS = `id, lease_id AS "leaseId", dedupe_key AS key, template, title, text, served_at AS "servedAt", read_at AS "readAt"`;

/** Everything that was served in a lease, to tenant and staff, oldest first: the evidence of a lock-out rests on it. */
export const leaseNotices = (tx: Tx, leaseId: LeaseId): Promise<readonly StoredNotice[]> =>
  tx.query(`SELECT ${COLUMNS} FROM notice WHERE lease_id = $1 ORDER BY served_at, id`, [leaseId]);
