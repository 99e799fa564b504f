import type { CommunityId, OperatorId } from '../domain/ids';
import { type AccountCode, CHART_OF_ACCOUNTS, type LedgerTransaction } from '../domain/ledger';

const PER_COMMUNITY = new Map<AccountCode, boolean>(CHART_OF_ACCOUNTS.map((a) => [a.code, a.perCommunity]));

/** Rows for LEDGER_CTES; null when there is nothing to post. */
export function ledgerParameters(
  operatorId: OperatorId,
  communityId: CommunityId,
  transactions: readonly LedgerTransaction[],
) {
  if (transactions.length === 0) return null;
  return {
    transactions: transactions.map(({ entries: _, ...transaction }) => ({ ...transaction, communityId })),
    entries: transactions.flatMap(({ key, leaseId, entries }) =>
      entries.map(({ account, amountFen }, position) => {
        const own = PER_COMMUNITY.get(account) ? communityId : null;
        const scopeId = own ?? operatorId;
        return { key, leaseId, position: position + 1, account, amountFen, communityId: own, scopeId };
      }),
    ),
  };
}

/** Common table expressions that post transactions once each; an account is opened by its first entry. $1 is the operator. */
export const LEDGER_CTES = (transactions: string, entries: string): string => `
    posted AS (
      INSERT INTO ledger_transaction (operator_id, key, at, kind, lease_id, community_id, reverses)
      SELECT $1, key, at, kind, "leaseId", "communityId", reverses
        FROM jsonb_to_recordset(${transactions}::jsonb) AS t(key text, at timestamptz, kind text, "leaseId" uuid,
          "communityId" uuid, reverses text)
      ON CONFLICT (operator_id, lease_id, key) DO NOTHING
      RETURNING id, lease_id, key),
    entry AS (
      SELECT posted.id, e.* FROM jsonb_to_recordset(${entries}::jsonb) AS e(key text, "leaseId" uuid, position smallint,
          account text, "amountFen" bigint, "communityId" uuid, "scopeId" uuid)
        JOIN posted ON posted.key = e.key AND posted.lease_id = e."leaseId"),
    opened AS (
      INSERT INTO ledger_account (operator_id, scope_id, code, community_id)
      SELECT DISTINCT $1::uuid, "scopeId", account, "communityId" FROM entry
        WHERE NOT EXISTS (SELECT FROM ledger_account a
          WHERE a.operator_id = $1 AND a.scope_id = entry."scopeId" AND a.code = entry.account)
      ON CONFLICT DO NOTHING),
    entered AS (
      INSERT INTO ledger_entry (operator_id, transaction_id, position, lease_id, scope_id, account, amount_fen)
      SELECT $1, id, position, "leaseId", "scopeId", account, "amountFen" FROM entry)`;
