import type { z } from 'zod';
import type * as http from '../../contract/http/bank';
import { afterPaying, type Credit, type PayerLease, sameName } from '../../domain/bank-matching';
import { localDate, shanghaiDate } from '../../domain/calendar';
import type { LeaseId } from '../../domain/ids';
import { isFinal, type LeaseStatus } from '../../domain/lease';
import type { Fen } from '../../domain/money';
import { idEndings, paymentCodesIn } from '../../domain/payment-code';
import type { BankStatementId } from '../bank-statements';
import type { Tx } from '../tx';
import { communityPrefix, keyset, type ListPage } from './paging';

type StatementRow = z.output<typeof http.bankStatement>;
export type LineRow = Omit<z.output<typeof http.bankLine>, 'why' | 'proposals'>;

/** Newest first, each with how many of its lines stand where. */
export const listStatements = (tx: Tx, page: ListPage): Promise<StatementRow[]> =>
  tx.run((knex) =>
    knex({ s: 'bank_statement' })
      .select('id', 'account', 'layout', {
        fileName: 'file_name',
        from: 'from_day',
        until: 'until_day',
        openingFen: 'opening_fen',
        closingFen: 'closing_fen',
        importedAt: 'imported_at',
        lines: knex.raw(`(SELECT coalesce(jsonb_object_agg(state, n), '{}') FROM (
          SELECT l.state, count(*) AS n FROM bank_statement_line l
            WHERE l.operator_id = s.operator_id AND l.statement_id = s.id GROUP BY l.state) c)`),
      })
      .modify(keyset(knex, ['id'], page, 'desc')),
  );

export type LineFilter = {
  readonly state?: LineRow['state'] | undefined;
  readonly statementId?: BankStatementId | undefined;
};

/** Newest day first. */
export const listLines = (tx: Tx, filter: LineFilter, page: ListPage): Promise<LineRow[]> =>
  tx.run((knex) =>
    knex({ b: 'bank_statement_line' })
      .leftJoin({ l: 'lease' }, (on) => on.on('l.operator_id', 'b.operator_id').andOn('l.id', 'b.lease_id'))
      .select({
        id: 'b.id',
        statementId: 'b.statement_id',
        account: 'b.account',
        direction: 'b.direction',
        amountFen: 'b.amount_fen',
        bookedOn: 'b.booked_on',
        bookedAt: 'b.booked_at',
        bankNumber: 'b.bank_number',
        payerName: 'b.payer_name',
        payerTail: 'b.payer_tail',
        remark: 'b.remark',
        reversal: 'b.reversal',
        state: 'b.state',
        rule: 'b.rule',
        leaseId: 'b.lease_id',
        leaseNumber: 'l.number',
        paymentId: 'b.payment_id',
        decidedAt: 'b.decided_at',
        reason: 'b.reason',
      })
      .modify((query) => {
        if (filter.state) query.where('b.state', filter.state);
        if (filter.statementId) query.where('b.statement_id', filter.statementId);
      })
      .modify(keyset(knex, ['b.booked_on', 'b.id'], page, 'desc')),
  );

/** A lease that a credit may belong to, with what a person recognises it by. */
export type Payer = PayerLease & {
  readonly number: string;
  readonly roomName: string;
  readonly tenantName: string;
};

type PayerRow = Pick<PayerLease, 'recorded' | 'names'> & {
  readonly id: LeaseId;
  readonly number: string;
  readonly roomName: string;
  readonly tenantName: string;
  readonly status: LeaseStatus;
  readonly startsOn: string;
  readonly signedAt: string;
  readonly travelledTo: string | null;
  readonly openFen: Fen[];
  readonly onItsWayFen: Fen;
};

/** As `sameName` of the domain writes a name. */
const PLAIN = (column: string) => `upper(regexp_replace(normalize(${column}, NFKC), '[\\s·•・.]', '', 'g'))`;

/** Of all the leases that want exactly this amount, a person is shown a few. */
const MOST_BY_AMOUNT = 5;

const CANDIDATES = `
  SELECT id FROM lease WHERE right(id::text, 9) IN (SELECT unnest($1::text[]))
  UNION SELECT l.id FROM lease l JOIN tenant t ON t.operator_id = l.operator_id AND t.id = l.tenant_id WHERE ${PLAIN('t.name')} IN (SELECT unnest($2::text[]))
  UNION SELECT lease_id FROM co_tenant WHERE ${PLAIN('name')} IN (SELECT unnest($2::text[]))
  UNION SELECT lease_id FROM bank_statement_line WHERE lease_id IS NOT NULL AND ${PLAIN('payer_name')} IN (SELECT unnest($2::text[]))
  UNION SELECT lease_id FROM (SELECT lease_id, row_number() OVER (PARTITION BY open_fen ORDER BY due_on, lease_id) AS n
    FROM bill WHERE open_fen > 0 AND open_fen = ANY($3::bigint[])) one WHERE n <= $4
  UNION SELECT lease_id FROM (SELECT lease_id, row_number() OVER (PARTITION BY sum(open_fen) ORDER BY min(due_on), lease_id) AS n
    FROM bill WHERE open_fen > 0 GROUP BY lease_id HAVING sum(open_fen) = ANY($3::bigint[])) whole WHERE n <= $4`;

/**
 * Every lease whose payment code or payer's name stands in one of these credits, and a few that want just such an amount: all that
 * matching may match, and what it may propose. What is paid already and has not reached its lease is taken off what is open.
 */
export async function payersFor(tx: Tx, credits: readonly Credit[], at: Date): Promise<Payer[]> {
  const endings = credits.flatMap(({ remark }) => paymentCodesIn(remark).flatMap(idEndings));
  const names = [...new Set(credits.map(({ payerName }) => sameName(payerName)))].filter((name) => name !== '');
  const amounts = [...new Set(credits.map(({ amountFen }) => amountFen))];
  const rows = await tx.query<PayerRow>(
    `SELECT l.id, l.number, l.status, l.starts_on AS "startsOn", l.signed_at AS "signedAt", l.travelled_to AS "travelledTo",
        t.name AS "tenantName", ${communityPrefix('l.community_id')} || g.name || ' ' || r.code AS "roomName",
        array(SELECT t.name UNION SELECT c.name FROM co_tenant c WHERE c.operator_id = l.operator_id AND c.lease_id = l.id
          UNION SELECT b.payer_name FROM bank_statement_line b WHERE b.operator_id = l.operator_id AND b.lease_id = l.id) AS names,
        (SELECT coalesce(json_agg(b.open_fen ORDER BY b.due_on, b.key), '[]') FROM bill b
          WHERE b.operator_id = l.operator_id AND b.lease_id = l.id AND b.open_fen > 0) AS "openFen",
        (SELECT coalesce(sum(p.amount_fen), 0) FROM payment p
          WHERE p.operator_id = l.operator_id AND p.lease_id = l.id AND p.status = 'stored') AS "onItsWayFen",
        (SELECT coalesce(json_agg(json_build_object('amountFen', p.amount_fen, 'on', (p.paid_at AT TIME ZONE 'Asia/Shanghai')::date)), '[]')
          FROM payment p WHERE p.operator_id = l.operator_id AND p.lease_id = l.id AND p.channel = 'bank'
            AND NOT EXISTS (SELECT FROM bank_statement_line b WHERE b.operator_id = p.operator_id AND b.payment_id = p.id)) AS recorded
      FROM lease l
      JOIN tenant t ON t.operator_id = l.operator_id AND t.id = l.tenant_id
      JOIN room r ON r.operator_id = l.operator_id AND r.id = l.room_id
      JOIN building g ON g.operator_id = r.operator_id AND g.id = r.building_id
      WHERE l.id IN (${CANDIDATES})`,
    [endings, names, amounts, MOST_BY_AMOUNT],
  );
  return rows.map((row) => payerOf(row, at));
}

function payerOf(
  { id, status, startsOn, signedAt, travelledTo, openFen, onItsWayFen, ...row }: PayerRow,
  at: Date,
): Payer {
  const signedOn = shanghaiDate(Date.parse(signedAt));
  const now = travelledTo === null ? at : new Date(Math.max(at.getTime(), Date.parse(travelledTo)));
  return {
    ...row,
    leaseId: id,
    openFen: afterPaying(openFen, onItsWayFen),
    since: signedOn < startsOn ? signedOn : localDate(startsOn),
    now: now.toISOString(),
    ended: isFinal(status),
  };
}
