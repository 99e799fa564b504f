import type { z } from 'zod';
import type * as http from '../../contract/http/operators';
import type { CommunityId } from '../../domain/ids';
import type { LeasePolicy } from '../../domain/policy';
import type { Tx } from '../tx';
import { IS_OVERDUE } from './bills';
import { inScope, type Scope } from './paging';

type Operator = z.output<typeof http.operator>;

export async function insertOperator(tx: Tx, name: string, policy: LeasePolicy): Promise<void> {
  await tx.query('INSERT INTO operator (operator_id, name, policy) VALUES ($1, $2, $3)', [
    tx.operatorId,
    name,
    JSON.stringify(policy),
  ]);
}

export async function readOperator(tx: Tx): Promise<Operator & { readonly policy: LeasePolicy }> {
  const [row] = await tx.query<Operator & { policy: LeasePolicy }>(
    'SELECT operator_id AS id, name, created_at AS "createdAt", policy FROM operator WHERE operator_id = $1',
    [tx.operatorId],
  );
  if (!row) throw new Error(`operator ${tx.operatorId} has vanished`);
  return row;
}

/** The rules that a lease signed now in this community gets: the community's own, or the operator's. */
export async function policyFor(tx: Tx, communityId: CommunityId): Promise<LeasePolicy> {
  const [row] = await tx.query<{ policy: LeasePolicy | null }>('SELECT policy FROM community WHERE id = $1', [
    communityId,
  ]);
  return row?.policy ?? (await readOperator(tx)).policy;
}

export async function renameOperator(tx: Tx, name: string): Promise<void> {
  await tx.query('UPDATE operator SET name = $2 WHERE operator_id = $1', [tx.operatorId, name]);
}

export async function replacePolicy(tx: Tx, policy: LeasePolicy): Promise<void> {
  await tx.query('UPDATE operator SET policy = $2 WHERE operator_id = $1', [tx.operatorId, JSON.stringify(policy)]);
}

type Overview = z.output<typeof http.overview>;

/** Counts for the first screen, over the communities that the asker sees. */
export async function readOverview(tx: Tx, scope: Scope, communityId: CommunityId | undefined): Promise<Overview> {
  const within = (column: string) => (query: import('knex').Knex.QueryBuilder) => {
    query.modify(inScope(column, scope));
    if (communityId) query.where(column, communityId);
  };
  // Sent together: none waits for another's answer.
  const [[places], leases, [overdue], [asked], [orders]] = await Promise.all([
    tx.run<{ rooms: number; occupied: number; restricted: number; open: number }>((knex) =>
      knex('community_summary')
        .modify(within('id'))
        .select(
          knex.raw(`coalesce(sum(rooms), 0) AS rooms, coalesce(sum(occupied), 0) AS occupied,
            coalesce(sum(restricted), 0) AS restricted, coalesce(sum(open_fen), 0) AS open`),
        ),
    ),
    tx.run<{ status: string; count: number }>((knex) =>
      knex('lease').modify(within('community_id')).select('status').count('* AS count').groupBy('status'),
    ),
    tx.run<{ overdue: number }>((knex) =>
      knex('bill AS b')
        .join('lease AS l', (on) => on.on('l.operator_id', 'b.operator_id').andOn('l.id', 'b.lease_id'))
        .modify(within('b.community_id'))
        .whereRaw(IS_OVERDUE)
        .select(knex.raw('coalesce(sum(b.open_fen), 0) AS overdue')),
    ),
    tx.run<{ count: number }>((knex) =>
      knex('lease').modify(within('community_id')).where({ enforcement: 'awaitingConfirmation' }).count('* AS count'),
    ),
    tx.run<{ count: number }>((knex) =>
      knex('work_order').modify(within('community_id')).where({ status: 'open' }).count('* AS count'),
    ),
  ]);
  const byStatus = Object.fromEntries(leases.map(({ status, count }) => [status, count]));
  return {
    rooms: places?.rooms ?? 0,
    occupied: places?.occupied ?? 0,
    restricted: places?.restricted ?? 0,
    openFen: places?.open ?? 0,
    overdueFen: overdue?.overdue ?? 0,
    leases: byStatus,
    awaitingApproval: (byStatus.awaitingApproval ?? 0) + (asked?.count ?? 0),
    openWorkOrders: orders?.count ?? 0,
  };
}
