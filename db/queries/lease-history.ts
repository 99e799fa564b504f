import type { z } from 'zod';
import type * as http from '../../contract/http/leases';
import type { LocalDate } from '../../domain/calendar';
import type { LeaseId } from '../../domain/ids';
import type { Tx } from '../tx';
import { unpaidDeposit } from './deposit';
import { keyset, type ListPage } from './paging';

export type EventRow = {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly data: Record<string, unknown>;
};

/** Oldest first, in business time; what was written at the same instant stays in the order it was written. */
export const listEvents = (tx: Tx, leaseId: LeaseId, page: ListPage): Promise<EventRow[]> =>
  tx.run((knex) =>
    knex('lease_event')
      .select('at', 'seq', 'kind', 'data', { id: 'dedupe_key' })
      .where({ lease_id: leaseId })
      .modify(keyset(knex, ['at', 'seq'], page)),
  );

type Statement = z.output<typeof http.statement>;

export type LedgerRow = {
  readonly at: string;
  readonly kind: string;
  readonly account: string;
  readonly key: string;
  readonly amountFen: number;
};

/**
 * Movements of what the tenant owes (receivable) and has paid ahead (prepayment), and the balance before the first of them. `until` is
 * exclusive; days are Shanghai's.
 */
export async function readStatement(
  tx: Tx,
  leaseId: LeaseId,
  span: { readonly from?: LocalDate | undefined; readonly until?: LocalDate | undefined },
): Promise<Pick<Statement, 'openingFen' | 'depositHeldFen' | 'prepaymentFen'> & { readonly rows: LedgerRow[] }> {
  const values = [leaseId, span.from ?? '-infinity', span.until ?? 'infinity'];
  const rows = tx.query<LedgerRow>(
    `SELECT t.at, t.kind, e.account, t.key, e.amount_fen AS "amountFen"
      FROM ledger_entry e JOIN ledger_transaction t ON t.operator_id = e.operator_id AND t.id = e.transaction_id
      WHERE e.lease_id = $1 AND e.account IN ('receivable', 'prepayment')
        AND t.at >= $2::timestamp AT TIME ZONE 'Asia/Shanghai' AND t.at < $3::timestamp AT TIME ZONE 'Asia/Shanghai'
      ORDER BY t.at, t.id, e.position`,
    values,
  );
  const sums = tx.query<{ opening: number; prepayment: number; deposit: number }>(
    `SELECT coalesce(sum(e.amount_fen) FILTER (WHERE e.account IN ('receivable', 'prepayment')
          AND t.at < $2::timestamp AT TIME ZONE 'Asia/Shanghai'), 0) AS opening,
        coalesce(-sum(e.amount_fen) FILTER (WHERE e.account = 'prepayment' AND t.at < $3::timestamp AT TIME ZONE 'Asia/Shanghai'), 0)
          AS prepayment,
        coalesce(-sum(e.amount_fen) FILTER (WHERE e.account = 'deposit' AND t.at < $3::timestamp AT TIME ZONE 'Asia/Shanghai'), 0)
          - ${unpaidDeposit('$1', "$3::timestamp AT TIME ZONE 'Asia/Shanghai'")} AS deposit
      FROM ledger_entry e JOIN ledger_transaction t ON t.operator_id = e.operator_id AND t.id = e.transaction_id
      WHERE e.lease_id = $1 AND e.account IN ('receivable', 'prepayment', 'deposit')`,
    values,
  );
  const [posted, [before]] = await Promise.all([rows, sums]);
  return {
    rows: posted,
    openingFen: before?.opening ?? 0,
    prepaymentFen: before?.prepayment ?? 0,
    depositHeldFen: Math.max(0, before?.deposit ?? 0),
  };
}
