import type { LocalDate } from '../domain/calendar';
import type { CommunityId, LeaseId } from '../domain/ids';
import type { AccountCode, LedgerTransaction } from '../domain/ledger';
import { type Fen, fen } from '../domain/money';
import { LEDGER_CTES, ledgerParameters } from './ledger-write';
import type { Tx } from './tx';

/** Posts transactions of leases of one community, each once by its key. Answers the keys that were new. */
export async function post(
  tx: Tx,
  communityId: CommunityId,
  transactions: readonly LedgerTransaction[],
): Promise<readonly string[]> {
  const rows = ledgerParameters(tx.operatorId, communityId, transactions);
  if (!rows) return [];
  const posted = await tx.query<{ key: string }>(
    `WITH given AS (SELECT $1::uuid), ${LEDGER_CTES('$2', '$3')} SELECT key FROM posted`,
    [tx.operatorId, JSON.stringify(rows.transactions), JSON.stringify(rows.entries)],
  );
  return posted.map(({ key }) => key);
}

/** Whose balances: one lease's, one community's, or the whole operator's. */
export type Scope = { readonly leaseId: LeaseId } | { readonly communityId: CommunityId } | 'operator';

// end of the Shanghai day $1, or no end
const THROUGH = `($1::date IS NULL OR t.at < ($1::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')`;

const SCOPES = {
  lease: 'e.lease_id = $2',
  community: 't.community_id = $2',
  operator: '$2::uuid IS NULL',
} as const;

/** Account balances at the end of a Shanghai day (`null`: of everything posted), debit positive. Accounts without entries are left out. */
export async function balances(
  tx: Tx,
  scope: Scope,
  through: LocalDate | null,
): Promise<ReadonlyMap<AccountCode, Fen>> {
  const [kind, id] =
    scope === 'operator'
      ? (['operator', null] as const)
      : 'leaseId' in scope
        ? (['lease', scope.leaseId] as const)
        : (['community', scope.communityId] as const);
  const rows = await tx.query<{ account: AccountCode; amount_fen: number }>(
    `SELECT e.account, sum(e.amount_fen) AS amount_fen
      FROM ledger_entry e JOIN ledger_transaction t ON t.operator_id = e.operator_id AND t.id = e.transaction_id
      WHERE ${SCOPES[kind]} AND ${THROUGH} GROUP BY e.account ORDER BY e.account`,
    [through, id],
  );
  return new Map(rows.map((row) => [row.account, fen(row.amount_fen)]));
}

export type StatementEntry = {
  readonly at: string;
  readonly kind: string;
  readonly key: string;
  readonly account: AccountCode;
  readonly amountFen: Fen;
  /** Running: what the tenant owes after this entry, negative for credit. */
  readonly balanceFen: Fen;
};

/** 对账单: `openingFen` and `closingFen` above zero mean that the tenant owes. */
export type Statement = {
  readonly openingFen: Fen;
  readonly closingFen: Fen;
  readonly depositHeldFen: Fen;
  readonly prepaymentFen: Fen;
  readonly entries: readonly StatementEntry[];
};

type EntryRow = { at: string; kind: string; key: string; account: AccountCode; amount_fen: Fen; before: boolean };

/**
 * Every movement between tenant and operator, in business order, from one Shanghai day through another (both inclusive). It is read
 * from the ledger alone, so the statement of a past day stays the same, save for what is later posted with an earlier business time.
 */
export async function statement(
  tx: Tx,
  leaseId: LeaseId,
  span: { readonly from?: LocalDate; readonly through?: LocalDate } = {},
): Promise<Statement> {
  const rows = await tx.query<EntryRow>(
    `SELECT t.at, t.kind, t.key, e.account, e.amount_fen,
        $3::date IS NOT NULL AND t.at < $3::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS before
      FROM ledger_entry e JOIN ledger_transaction t ON t.operator_id = e.operator_id AND t.id = e.transaction_id
      WHERE e.lease_id = $2 AND e.account IN ('receivable', 'prepayment', 'deposit') AND ${THROUGH}
      ORDER BY t.at, t.id, e.position`,
    [span.through ?? null, leaseId, span.from ?? null],
  );
  return foldStatement(rows);
}

function foldStatement(rows: readonly EntryRow[]): Statement {
  const held = { receivable: 0, prepayment: 0, deposit: 0 };
  let openingFen = 0;
  const entries: StatementEntry[] = [];
  for (const { before, amount_fen, ...row } of rows) {
    held[row.account as keyof typeof held] += amount_fen;
    const balanceFen = fen(held.receivable + held.prepayment);
    if (before) openingFen = balanceFen;
    else if (row.account !== 'deposit') entries.push({ ...row, amountFen: fen(amount_fen), balanceFen });
  }
  return {
    openingFen: fen(openingFen),
    closingFen: fen(held.receivable + held.prepayment),
    depositHeldFen: fen(0 - held.deposit),
    prepaymentFen: fen(0 - held.prepayment),
    entries,
  };
}
