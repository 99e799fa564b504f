import type { Knex } from 'knex';

const VIEWS: Readonly<Record<string, string>> = {
  bill_balance: `
    SELECT b.operator_id, b.id, b.lease_id, b.community_id, b.key, b.kind, b.period_from, b.period_until, b.issue_on, b.due_on,
      b.total_fen, b.settled_fen, b.open_fen, b.issued_at, b.voided_at, b.void_reason,
      CASE WHEN b.voided_at IS NOT NULL THEN 'voided' WHEN b.total_fen < 0 THEN 'credit' WHEN b.open_fen = 0 THEN 'paid' WHEN b.settled_fen = 0 THEN 'open'
        ELSE 'partlyPaid' END AS status
    FROM bill b`,
  // one index probe per lease: only open bills are read, never all bills of the lease
  lease_list: `
    SELECT l.operator_id, l.id, l.number, l.community_id, c.name AS community_name, l.room_id, r.code AS room_code,
      bu.name AS building_name, l.tenant_id, t.name AS tenant_name, t.phone_enc AS tenant_phone_enc, l.status, l.enforcement,
      l.starts_on, l.ends_on, l.signed_at, l.effective_at, l.closed_at, l.end_reason, l.source,
      l.terms, l.policy, (l.terms -> 'segments' -> -1 ->> 'rateFen')::bigint AS rate_fen,
      o.open_fen, o.overdue_fen, o.oldest_due_on, o.open_bills
    FROM lease l
    JOIN community c ON c.operator_id = l.operator_id AND c.id = l.community_id
    JOIN room r ON r.operator_id = l.operator_id AND r.id = l.room_id
    JOIN building bu ON bu.operator_id = r.operator_id AND bu.id = r.building_id
    JOIN tenant t ON t.operator_id = l.operator_id AND t.id = l.tenant_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(b.open_fen), 0) AS open_fen, min(b.due_on) AS oldest_due_on, count(*) AS open_bills,
        coalesce(sum(b.open_fen) FILTER (WHERE b.due_on < (greatest(now(), l.travelled_to) AT TIME ZONE 'Asia/Shanghai')::date), 0)
        AS overdue_fen
      FROM bill b WHERE b.operator_id = l.operator_id AND b.lease_id = l.id AND b.open_fen > 0) o`,
  lease_balance: `
    SELECT l.operator_id, l.id AS lease_id, e.receivable_fen, e.prepayment_fen, e.deposit_fen
    FROM lease l CROSS JOIN LATERAL (
      SELECT coalesce(sum(e.amount_fen) FILTER (WHERE e.account = 'receivable'), 0) AS receivable_fen,
        -coalesce(sum(e.amount_fen) FILTER (WHERE e.account = 'prepayment'), 0) AS prepayment_fen,
        -coalesce(sum(e.amount_fen) FILTER (WHERE e.account = 'deposit'), 0) AS deposit_fen
      FROM ledger_entry e WHERE e.operator_id = l.operator_id AND e.lease_id = l.id
        AND e.account IN ('receivable', 'prepayment', 'deposit')) e`,
  // the lease that has the room: the one furthest along, since a successor may already be signed
  room_board: `
    SELECT r.operator_id, r.id, r.community_id, c.name AS community_name, r.building_id, bu.name AS building_name, r.room_type_id,
      rt.name AS room_type_name, r.code, r.floor, r.area_cm2, r.orientation, r.facilities, r.on_sale,
      l.id AS lease_id, l.number AS lease_number, l.tenant_id, l.tenant_name, l.status AS lease_status, l.ends_on AS lease_ends_on,
      coalesce(l.overdue_fen, 0) AS overdue_fen,
      CASE WHEN l.enforcement = 'restricted' THEN 'restricted' WHEN l.status IN ('checkingOut', 'ending') THEN l.status
        WHEN l.status = 'effective' THEN 'occupied' WHEN l.id IS NOT NULL THEN 'reserved'
        WHEN r.on_sale THEN 'vacant' ELSE 'offSale' END AS state
    FROM room r
    JOIN community c ON c.operator_id = r.operator_id AND c.id = r.community_id
    JOIN building bu ON bu.operator_id = r.operator_id AND bu.id = r.building_id
    LEFT JOIN room_type rt ON rt.operator_id = r.operator_id AND rt.id = r.room_type_id
    LEFT JOIN LATERAL (
      SELECT l.id, l.number, l.tenant_id, t.name AS tenant_name, l.status, l.enforcement, l.ends_on,
        (SELECT sum(b.open_fen) FROM bill b WHERE b.operator_id = l.operator_id AND b.lease_id = l.id AND b.open_fen > 0
          AND b.due_on < (greatest(now(), l.travelled_to) AT TIME ZONE 'Asia/Shanghai')::date) AS overdue_fen
      FROM lease l JOIN tenant t ON t.operator_id = l.operator_id AND t.id = l.tenant_id
      WHERE l.operator_id = r.operator_id AND l.room_id = r.id
        AND l.status NOT IN ('closed', 'expired', 'rejected', 'cancelled')
      ORDER BY l.status IN ('effective', 'ending', 'checkingOut') DESC, l.starts_on LIMIT 1) l ON true`,
  community_summary: `
    SELECT c.operator_id, c.id, c.code, c.name, c.city, c.address, r.rooms, r.on_sale, l.reserved, l.occupied, l.restricted, l.checking_out,
      b.open_fen, b.open_bills
    FROM community c
    CROSS JOIN LATERAL (
      SELECT count(*) AS rooms, count(*) FILTER (WHERE r.on_sale) AS on_sale
      FROM room r WHERE r.operator_id = c.operator_id AND r.community_id = c.id) r
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE l.status IN ('signed', 'awaitingFirstPayment', 'awaitingApproval', 'awaitingSeal')) AS reserved,
        count(*) FILTER (WHERE l.status IN ('effective', 'ending')) AS occupied,
        count(*) FILTER (WHERE l.enforcement = 'restricted') AS restricted,
        count(*) FILTER (WHERE l.status = 'checkingOut') AS checking_out
      FROM lease l WHERE l.operator_id = c.operator_id AND l.community_id = c.id
        AND l.status NOT IN ('closed', 'expired', 'rejected', 'cancelled')) l
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(b.open_fen), 0) AS open_fen, count(*) AS open_bills
      FROM bill b WHERE b.operator_id = c.operator_id AND b.community_id = c.id AND b.open_fen > 0) b`,
};

/** security_invoker: a view reads with the rights of who asks, or it would show every operator's rows. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    'CREATE INDEX bill_open_by_community ON bill (operator_id, community_id, due_on) INCLUDE (open_fen) WHERE open_fen > 0',
  );
  for (const [name, select] of Object.entries(VIEWS)) {
    await knex.raw(`CREATE VIEW ${name} WITH (security_invoker = true) AS ${select}`);
    await knex.raw(`GRANT SELECT ON ${name} TO apartment_app`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const name of Object.keys(VIEWS).reverse()) await knex.raw(`DROP VIEW ${name}`);
  await knex.raw('DROP INDEX bill_open_by_community');
}
