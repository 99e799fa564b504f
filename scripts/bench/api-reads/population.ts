import type { Knex } from 'knex';
import { type Tx, withOperator } from '../../../db/tx';
import { addMonths, shanghaiDate } from '../../../domain/calendar';
import { DEFAULT_POLICY } from '../../../domain/default-policy';
import { fen } from '../../../domain/money';
import { buildWorld, type World } from '../../seed/world';
import { runningTerms } from '../lease-months/leases';

/** Months that each lease has lived; each has its bill, and all but some last ones are paid. */
const MONTHS = 6;
const RENT = fen(320_000);

/** A landlord of `leases` running leases with half a year of bills, payments, ledger, timeline and notices each, inserted in bulk. */
export async function populate(db: Knex, owner: Knex, leases: number): Promise<World> {
  const world = await buildWorld(db, { name: `${leases} leases`, rooms: leases });
  // Sixty thousand transactions in one statement: the ledger's checks are made for steps of a few, and would take minutes here.
  await owner.raw('ALTER TABLE ledger_entry DISABLE TRIGGER USER');
  await withOperator(db, world.operatorId, async (tx) => {
    await insertLeases(tx, world);
    // Tables filled in this very transaction have no statistics yet: their checks would be planned as if they were empty.
    await tx.query('SET LOCAL enable_seqscan = off');
    for (const sql of [ACCOUNTS, BILLS, LINES, BILL_LEDGER, PAYMENTS, PAYMENT_LEDGER, ALLOCATIONS, EVENTS, NOTICES]) {
      await tx.query(sql, [world.operatorId, world.communityId]);
    }
  });
  await owner.raw('ALTER TABLE ledger_entry ENABLE TRIGGER USER');
  await owner.raw('VACUUM ANALYZE');
  return world;
}

async function insertLeases(tx: Tx, { communityId, roomIds, tenantIds }: World): Promise<void> {
  const [room] = roomIds;
  if (!room) throw new RangeError('a population needs rooms');
  const startsOn = addMonths(shanghaiDate(Date.now()), -MONTHS);
  const terms = runningTerms(room, startsOn, 12);
  await tx.query(
    `INSERT INTO lease (operator_id, id, number, community_id, room_id, tenant_id, status, starts_on, ends_on, terms, policy, signed_at,
        effective_at, source, billed_until)
      SELECT $1::uuid, uuidv7(), 'P-' || n, $2::uuid, room_id, tenant_id, CASE n % 20 WHEN 0 THEN 'ending' WHEN 1 THEN 'awaitingApproval' ELSE 'effective' END,
        $3::date, $4::date, jsonb_set($5::jsonb, '{segments,0,roomId}', to_jsonb(room_id)), $6::jsonb, $7::timestamptz, $7::timestamptz, 'imported', $8::date
      FROM unnest($9::uuid[], $10::uuid[]) WITH ORDINALITY AS r(room_id, tenant_id, n)`,
    [
      ...[tx.operatorId, communityId, startsOn, terms.endsOn, JSON.stringify(terms), JSON.stringify(DEFAULT_POLICY)],
      ...[`${startsOn}T02:00:00Z`, addMonths(startsOn, MONTHS), roomIds, tenantIds],
    ],
  );
}

const ACCOUNTS = `INSERT INTO ledger_account (operator_id, scope_id, code, community_id)
  SELECT $1::uuid, $2::uuid, code, $2::uuid FROM unnest(ARRAY['receivable', 'revenue.rent']) AS code UNION ALL SELECT $1::uuid, $1::uuid, 'cash.bank', NULL`;

const BILLS = `INSERT INTO bill (operator_id, lease_id, community_id, key, kind, period_from, period_until, issue_on, due_on, total_fen, issued_at)
  SELECT $1::uuid, l.id, $2::uuid, 'period/' || d, 'periodic', d, (d + interval '1 month')::date, d - 5, d, ${RENT}, d - interval '5 days'
  FROM lease l, generate_series(0, ${MONTHS - 1}) AS m, LATERAL (SELECT (l.starts_on + make_interval(months => m))::date AS d) p`;

const LINES = `INSERT INTO bill_line (operator_id, bill_id, position, kind, from_day, until_day, amount_fen, tax_fen, explain)
  SELECT $1::uuid, id, 1, 'rent', period_from, period_until, total_fen, 0, '3,200.00 元 × 1 个月' FROM bill WHERE community_id = $2::uuid`;

/** Every fifth tenant has not paid the last month. */
const PAYMENTS = `INSERT INTO payment (operator_id, id, lease_id, channel, provider_number, amount_fen, paid_at, status, applied_at)
  SELECT $1::uuid, b.id, b.lease_id, 'bank', b.id::text, b.total_fen, b.due_on, 'applied', b.due_on FROM bill b JOIN lease l ON l.id = b.lease_id
  WHERE b.community_id = $2::uuid AND NOT (hashtext(b.lease_id::text) % 5 = 0 AND b.period_until = l.billed_until)`;

const ALLOCATIONS = `INSERT INTO bill_allocation (operator_id, bill_id, seq, lease_id, payment_id, amount_fen, effective_on, at, reason)
  SELECT $1::uuid, b.id, 1, b.lease_id, p.id, p.amount_fen, b.due_on, p.paid_at, 'payment' FROM bill b JOIN payment p ON p.id = b.id
  WHERE b.community_id = $2::uuid`;

const posted = (transaction: string, debit: string, credit: string): string => `WITH posted AS (
    INSERT INTO ledger_transaction (operator_id, key, at, kind, lease_id, community_id) ${transaction} RETURNING id, lease_id)
  INSERT INTO ledger_entry (operator_id, transaction_id, position, lease_id, scope_id, account, amount_fen)
  SELECT $1::uuid, id, position, lease_id, scope_id, account, amount_fen FROM posted, (VALUES
    (1, ${debit}, ${RENT}), (2, ${credit}, -${RENT})) AS e(position, scope_id, account, amount_fen)`;

const BILL_LEDGER = posted(
  `SELECT $1::uuid, 'bill/' || lease_id || '/' || key, issued_at, 'bill', lease_id, $2::uuid FROM bill WHERE community_id = $2::uuid`,
  `$2::uuid, 'receivable'`,
  `$2::uuid, 'revenue.rent'`,
);

const PAYMENT_LEDGER = posted(
  `SELECT $1::uuid, 'payment/' || p.id, p.paid_at, 'payment', p.lease_id, $2::uuid FROM payment p`,
  `$1::uuid, 'cash.bank'`,
  `$2::uuid, 'receivable'`,
);

const EVENTS = `INSERT INTO lease_event (operator_id, lease_id, dedupe_key, at, kind, data)
  SELECT $1::uuid, lease_id, 'bill/' || key, issued_at, 'billIssued',
    jsonb_build_object('billKey', key, 'billKind', kind, 'totalFen', total_fen, 'dueOn', due_on) FROM bill WHERE community_id = $2::uuid
  UNION ALL SELECT $1::uuid, lease_id, 'payment/' || id, paid_at, 'paymentReceived', jsonb_build_object('amountFen', amount_fen) FROM payment`;

const NOTICES = `INSERT INTO notice (operator_id, lease_id, community_id, audience, tenant_id, dedupe_key, template, title, text, served_at)
  SELECT $1::uuid, b.lease_id, $2::uuid, 'tenant', l.tenant_id, 'bill/' || b.key, 'billIssued', '新账单', '您有新的账单，请按时支付。', b.issued_at
  FROM bill b JOIN lease l ON l.id = b.lease_id WHERE b.community_id = $2::uuid`;
