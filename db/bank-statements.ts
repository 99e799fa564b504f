import type { z } from 'zod';
import type * as http from '../contract/http/bank';
import type { BankLine } from '../domain/bank-line';
import type { MatchRule } from '../domain/bank-matching';
import type { LocalDate } from '../domain/calendar';
import type { Id, LeaseId, PaymentId } from '../domain/ids';
import type { Fen } from '../domain/money';
import type { Tx } from './tx';

export type BankStatementId = Id<'bankStatement'>;
export type BankLineId = Id<'bankLine'>;

export type NewStatement = {
  readonly account: string;
  readonly layout: z.output<typeof http.bankStatement>['layout'];
  readonly fileName: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly openingFen: Fen;
  readonly closingFen: Fen;
  readonly importedBy: string;
  readonly importedAt: string;
};

export type NewLine = BankLine & {
  readonly key: string;
  readonly state: 'outgoing' | 'unmatched' | 'matched';
  readonly matched: { readonly rule: MatchRule; readonly leaseId: LeaseId; readonly paymentId: PaymentId } | null;
};

/** Two imports of one account wait for each other: what the first one books, the second one must see. */
export async function lockAccount(tx: Tx, account: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('bank/' || $1 || '/' || $2, 0))`, [
    tx.operatorId,
    account,
  ]);
}

export type KnownLine = { readonly key: string; readonly amountFen: Fen; readonly direction: BankLine['direction'] };

/** Which of these lines of the account are there already. */
export const knownLines = (tx: Tx, account: string, keys: readonly string[]): Promise<KnownLine[]> =>
  tx.query(
    `SELECT key, amount_fen AS "amountFen", direction FROM bank_statement_line WHERE account = $1 AND key = ANY($2::text[])`,
    [account, keys],
  );

/** A file of the account in another layout that holds some of these days: its lines are known by other keys. */
export async function otherLayout(
  tx: Tx,
  { account, layout, from, until }: Pick<NewStatement, 'account' | 'layout' | 'from' | 'until'>,
): Promise<{ readonly fileName: string } | undefined> {
  const [row] = await tx.query<{ fileName: string }>(
    `SELECT file_name AS "fileName" FROM bank_statement
      WHERE account = $1 AND layout <> $2 AND from_day <= $4::date AND until_day >= $3::date LIMIT 1`,
    [account, layout, from, until],
  );
  return row;
}

/** The provider's number of a payment that a bank line became: unlike what staff type, it begins with our own account. */
export const numberOfLine = (account: string, key: string): string => `${account}/${key}`;

export async function insertStatement(tx: Tx, statement: NewStatement): Promise<BankStatementId> {
  const { account, layout, fileName, from, until, openingFen, closingFen, importedBy, importedAt } = statement;
  const [row] = await tx.query<{ id: BankStatementId }>(
    `INSERT INTO bank_statement (operator_id, account, layout, file_name, from_day, until_day, opening_fen, closing_fen, imported_by,
        imported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [tx.operatorId, account, layout, fileName, from, until, openingFen, closingFen, importedBy, importedAt],
  );
  if (!row) throw new Error('the statement was not stored');
  return row.id;
}

/** Stores lines that are new, in one statement; a matched one's payment must be there. */
export async function insertLines(
  tx: Tx,
  { statementId, account }: { readonly statementId: BankStatementId; readonly account: string },
  lines: readonly NewLine[],
): Promise<void> {
  const rows = lines.map(({ matched, ...line }) => ({ ...line, ...(matched ?? {}) }));
  await tx.query(
    `INSERT INTO bank_statement_line (operator_id, statement_id, account, key, line, direction, amount_fen, booked_on, booked_at,
        bank_number, payer_name, payer_tail, remark, reversal, state, rule, lease_id, payment_id)
      SELECT $1, $2, $3, key, line, direction, "amountFen", "bookedOn", "bookedAt", "bankNumber", "payerName", "payerTail", remark,
          reversal, state, rule, "leaseId", "paymentId"
        FROM jsonb_to_recordset($4::jsonb) AS l(key text, line integer, direction text, "amountFen" bigint, "bookedOn" date,
          "bookedAt" timestamptz, "bankNumber" text, "payerName" text, "payerTail" text, remark text, reversal boolean, state text,
          rule text, "leaseId" uuid, "paymentId" uuid)`,
    [tx.operatorId, statementId, account, JSON.stringify(rows)],
  );
}

export type OpenLine = Pick<BankLine, 'amountFen' | 'bookedOn' | 'bookedAt'> & {
  readonly account: string;
  readonly key: string;
  readonly state: z.output<typeof http.bankLine>['state'];
};

/** A line that a person is about to decide on; nobody else decides meanwhile. */
export async function lockLine(tx: Tx, id: BankLineId): Promise<OpenLine | undefined> {
  const [row] = await tx.query<OpenLine>(
    `SELECT account, key, state, amount_fen AS "amountFen", booked_on AS "bookedOn", booked_at AS "bookedAt"
      FROM bank_statement_line WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row;
}

export type LineDecision = { readonly by: string; readonly at: string; readonly reason: string } & (
  | { readonly state: 'assigned'; readonly leaseId: LeaseId; readonly paymentId: PaymentId }
  | { readonly state: 'dismissed' }
);

/** Only an unmatched line takes a decision; call under `lockLine`. */
export async function decideLine(tx: Tx, id: BankLineId, decision: LineDecision): Promise<void> {
  const { state, by, at, reason } = decision;
  const [leaseId, paymentId] = decision.state === 'assigned' ? [decision.leaseId, decision.paymentId] : [null, null];
  await tx.query(
    `UPDATE bank_statement_line SET state = $2, lease_id = $3, payment_id = $4, decided_by = $5, decided_at = $6, reason = $7
      WHERE id = $1 AND state = 'unmatched'`,
    [id, state, leaseId, paymentId, by, at, reason],
  );
}
