import type { Tx } from './tx';

type Owner = { readonly actor: string; readonly key: string };
type Answer = { readonly status: number; readonly body: unknown };

export type Claim =
  /** `since`: when the key was first taken; the same for every attempt under it. */
  | { readonly kind: 'mine'; readonly since: string }
  | { readonly kind: 'running' }
  | { readonly kind: 'otherRequest' }
  | { readonly kind: 'answered'; readonly answer: Answer };

type Row = { request_hash: string; status: number | null; response: unknown; created_at: string; stale: boolean };

/** Takes the key for this request, or says what became of the request that had it first. */
export async function claimKey(
  tx: Tx,
  request: Owner & { readonly requestHash: string; readonly takeOverSeconds: number },
): Promise<Claim> {
  const [taken] = await tx.query<{ created_at: string }>(
    `INSERT INTO idempotency_key (operator_id, actor, key, request_hash) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING RETURNING created_at`,
    [tx.operatorId, request.actor, request.key, request.requestHash],
  );
  if (taken) return { kind: 'mine', since: taken.created_at };
  const [row] = await tx.query<Row>(
    `SELECT request_hash, status, response, created_at, created_at < now() - make_interval(secs => $3) AS stale
      FROM idempotency_key WHERE actor = $1 AND key = $2 FOR UPDATE`,
    [request.actor, request.key, request.takeOverSeconds],
  );
  if (!row) return { kind: 'running' };
  if (row.request_hash !== request.requestHash) return { kind: 'otherRequest' };
  if (row.status !== null) return { kind: 'answered', answer: { status: row.status, body: row.response } };
  // A request that died is made again by whoever comes next; what it did before is found by the same ids.
  return row.stale ? { kind: 'mine', since: row.created_at } : { kind: 'running' };
}

export async function keepAnswer(tx: Tx, owner: Owner, answer: Answer): Promise<void> {
  await tx.query('UPDATE idempotency_key SET status = $3, response = $4 WHERE actor = $1 AND key = $2', [
    owner.actor,
    owner.key,
    answer.status,
    JSON.stringify(answer.body ?? null),
  ]);
}

export async function forgetKey(tx: Tx, owner: Owner): Promise<void> {
  await tx.query('DELETE FROM idempotency_key WHERE actor = $1 AND key = $2 AND status IS NULL', [
    owner.actor,
    owner.key,
  ]);
}
