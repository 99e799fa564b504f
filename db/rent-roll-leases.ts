import type { BillDraft } from '../domain/bill';
import { addDays, type LocalDate, shanghaiInstant } from '../domain/calendar';
import { type LedgerTransaction, postBill, postOpening } from '../domain/ledger';
import { fen } from '../domain/money';
import { UNFORESEEN_DUE_DAYS } from '../domain/payment-decision';
import type { LeaseRow } from '../domain/rent-roll/changes';
import { pipeline, type Statement } from './bulk';
import { LEDGER_CTES, ledgerParameters } from './ledger-write';
import { refusing } from './refusal';
import type { ImportTime } from './rent-roll';
import type { Tx } from './tx';

/** Leases per round: their rows, bills and postings go in together. */
const BATCH = 1_000;

/**
 * Stores running leases as effective, each with its room, its arrears as an opening bill, its deposit and credit in the ledger, a line in
 * its timeline, and the message that starts its workflow. @throws DbRefusal RoomTaken | LeaseNumberTaken
 */
export async function insertImportedLeases(tx: Tx, leases: readonly LeaseRow[], time: ImportTime): Promise<void> {
  await refusing(pipeline(tx, statements(tx, leases, time)));
}

function* statements(tx: Tx, leases: readonly LeaseRow[], { at, today }: ImportTime): Generator<Statement> {
  const json = JSON.stringify;
  for (let i = 0; i < leases.length; i += BATCH) {
    const batch = leases.slice(i, i + BATCH);
    yield { sql: LEASES, values: [tx.operatorId, json(batch.map(leaseParameters(at))), at] };
    const owing = batch.filter(({ arrearsFen }) => arrearsFen > 0);
    const bills = owing.map((lease) => billParameters(lease, openingBill(lease, today)));
    if (bills.length > 0) yield { sql: BILLS, values: [tx.operatorId, json(bills), at] };
    const ledger = batch.map((lease) => ledgerParameters(tx.operatorId, lease.communityId, postings(lease, at, today)));
    const transactions = ledger.flatMap((rows) => rows?.transactions ?? []);
    const entries = ledger.flatMap((rows) => rows?.entries ?? []);
    if (entries.length > 0) yield { sql: POSTINGS, values: [tx.operatorId, json(transactions), json(entries)] };
  }
}

/** Signed on the lease's first day; one that is still to begin counts as signed now. */
const leaseParameters = (at: string) => (lease: LeaseRow) => {
  const { id, number, communityId, roomId, tenantId, terms, policy, billedUntil } = lease;
  const { startsOn, endsOn } = terms;
  const began = new Date(shanghaiInstant(startsOn, 0)).toISOString();
  const facts = { arrearsFen: lease.arrearsFen, depositFen: lease.depositFen, prepaymentFen: lease.prepaymentFen };
  return {
    ...{ id, number, communityId, roomId, tenantId, startsOn, endsOn, terms, policy, billedUntil },
    signedAt: began < at ? began : at,
    data: { billedFrom: billedUntil, ...facts },
  };
};

const LEASES = `
  WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset($2::json) AS r(id uuid, number text, "communityId" uuid, "roomId" uuid, "tenantId" uuid,
      "startsOn" date, "endsOn" date, terms jsonb, policy jsonb, "billedUntil" date, "signedAt" timestamptz, data jsonb)),
  stored AS (
    INSERT INTO lease (operator_id, id, number, community_id, room_id, tenant_id, status, starts_on, ends_on, terms, policy, signed_at,
      effective_at, source, billed_until)
    SELECT $1, id, number, "communityId", "roomId", "tenantId", 'effective', "startsOn", "endsOn", terms, policy, "signedAt",
      "signedAt", 'imported', "billedUntil" FROM given),
  held AS (
    INSERT INTO lease_occupancy (operator_id, lease_id, room_id, during)
    SELECT $1, id, "roomId", daterange("startsOn", "endsOn", '[]') FROM given),
  told AS (
    INSERT INTO lease_event (operator_id, lease_id, dedupe_key, at, kind, data) SELECT $1, id, 'imported', $3, 'imported', data FROM given)
  INSERT INTO outbox (operator_id, key, topic, payload)
  SELECT $1, 'startLease/' || id, 'startLease', jsonb_build_object('leaseId', id) FROM given`;

/** Due a week after the import: nobody is locked out by a spreadsheet before they had a notice and time to pay or to object. */
export const openingBill = ({ arrearsFen }: LeaseRow, today: LocalDate): BillDraft => ({
  key: 'opening',
  kind: 'opening',
  periodFrom: today,
  periodUntil: today,
  issueOn: today,
  dueOn: addDays(today, UNFORESEEN_DUE_DAYS),
  lines: [
    { kind: 'opening', from: today, until: today, amountFen: arrearsFen, taxFen: fen(0), explain: '导入时的欠费' },
  ],
});

const billParameters = (lease: LeaseRow, draft: BillDraft) => ({
  leaseId: lease.id,
  communityId: lease.communityId,
  amountFen: lease.arrearsFen,
  day: draft.issueOn,
  dueOn: draft.dueOn,
  key: draft.key,
  explain: draft.lines[0]?.explain ?? '',
});

const BILLS = `
  WITH given AS MATERIALIZED (
    SELECT uuidv7() AS id, r.* FROM json_to_recordset($2::json)
      AS r("leaseId" uuid, "communityId" uuid, "amountFen" bigint, day date, "dueOn" date, key text, explain text)),
  issued AS (
    INSERT INTO bill (operator_id, id, lease_id, community_id, key, kind, period_from, period_until, issue_on, due_on, total_fen, issued_at)
    SELECT $1, id, "leaseId", "communityId", key, 'opening', day, day, day, "dueOn", "amountFen", $3 FROM given)
  INSERT INTO bill_line (operator_id, bill_id, position, kind, from_day, until_day, amount_fen, tax_fen, explain)
  SELECT $1, id, 1, 'opening', day, day, "amountFen", 0, explain FROM given`;

function postings(lease: LeaseRow, at: string, today: LocalDate): LedgerTransaction[] {
  const posting = { leaseId: lease.id, at };
  const bill = lease.arrearsFen > 0 ? postBill(posting, openingBill(lease, today)) : null;
  // The arrears are posted with their bill; what is left to open is the money that the landlord holds.
  const opening = postOpening(posting, { balanceFen: fen(-lease.prepaymentFen || 0), depositFen: lease.depositFen });
  return [bill, opening].filter((transaction) => transaction !== null);
}

const POSTINGS = `
  WITH given AS (SELECT $1::uuid AS operator_id),${LEDGER_CTES('$2', '$3')}
  SELECT count(*) FROM posted`;
