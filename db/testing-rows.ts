import type { Knex } from 'knex';
import { fen } from '../domain/money';
import { billedLines, issueBills } from './bills';
import { insertSignedLease } from './leases';
import { applyPayment, storePayment } from './payments';
import { aDraft, aNewLease, newId, type Place, plainDecision } from './testing';
import { type Tx, withOperator } from './tx';

const AT = '2026-01-01T01:00:00.000Z';

/** At least one row of the operator in every table of the schema; a table that is new makes the isolation test ask for its row here. */
export const fillEveryTable = (db: Knex, place: Place): Promise<void> =>
  withOperator(db, place.operatorId, async (tx) => {
    const lease = aNewLease(place, { events: [{ key: 'signed', kind: 'signed' }] });
    await insertSignedLease(tx, lease);
    const billId = await money(tx, place, lease.id);
    for (const [table, values] of [...ofPlace(place), ...ofLease(place, lease.id, billId), ...ofStaff()])
      await insert(tx, table, { operator_id: place.operatorId, ...values });
  });

async function money(tx: Tx, place: Place, leaseId: ReturnType<typeof aNewLease>['id']): Promise<string> {
  const { communityId } = place;
  const notice = { key: 'n', audience: 'tenant', template: 't', title: 't', text: 't' } as const;
  await issueBills(tx, { leaseId, communityId, at: AT, drafts: [aDraft('2026-01-01')], notices: [notice] });
  const paymentId = newId<'payment'>();
  await storePayment(tx, {
    id: paymentId,
    leaseId,
    channel: 'cash',
    providerNumber: paymentId,
    amountFen: fen(5),
    paidAt: AT,
  });
  await applyPayment(tx, { leaseId, communityId, paymentId, at: AT, decide: plainDecision });
  const [bill] = await billedLines(tx, leaseId);
  return bill?.id ?? '';
}

type Row = readonly [table: string, values: Readonly<Record<string, unknown>>];

function ofPlace({ operatorId, communityId, buildingId, roomId }: Place): Row[] {
  const [deviceId, meterId, statementId] = [newId(), newId(), newId()];
  return [
    ['working_day_override', { day: '2026-02-14', is_working: true, reason: '调休' }],
    ['room_type', { community_id: communityId, code: 'T', name: '一室' }],
    ['price', { community_id: communityId, room_id: roomId, cycle: '1', rate_fen: 1, valid_from: '2026-01-01' }],
    ['fire_alarm_report', { building_id: buildingId, alarm_id: 'a', sounded_at: AT }],
    ['device', { id: deviceId, room_id: roomId, kind: 'door', virtual: true }],
    ['device_state', { device_id: deviceId, reported: 'locked', reported_at: AT }],
    ['meter', { id: meterId, room_id: roomId, kind: 'electricity', number: '1' }],
    ['meter_reading', { meter_id: meterId, read_on: '2026-01-01', value_thousandths: 1, source: 'manual' }],
    ['work_order', { key: 'w', community_id: communityId, kind: 'repair', title: 't', opened_at: AT }],
    ['import_run', { file_name: 'f', sha256: 's', dry_run: true, started_by: 'x' }],
    [
      'payment_quarantine',
      { channel: 'alipay', provider_number: 'q', order_number: 'o', amount_fen: 1, paid_at: AT, why: 'unknownOrder' },
    ],
    [
      'bank_statement',
      {
        ...{
          id: statementId,
          account: '1',
          layout: 'cmb',
          file_name: 'f',
          from_day: '2026-01-01',
          until_day: '2026-01-01',
        },
        ...{ opening_fen: 0, closing_fen: 1, imported_by: 'x', imported_at: AT },
      },
    ],
    [
      'bank_statement_line',
      {
        ...{
          statement_id: statementId,
          account: '1',
          key: 'k',
          line: 2,
          direction: 'credit',
          amount_fen: 1,
          booked_on: '2026-01-01',
        },
        ...{ payer_name: 'n', payer_tail: '1234', remark: 'r', reversal: false, state: 'unmatched' },
      },
    ],
    ['audit_log', { actor_kind: 'system', action: 'a', subject_kind: 'operator', subject_id: operatorId }],
  ];
}

function ofLease({ roomId }: Place, leaseId: string, billId: string): Row[] {
  const lease = { lease_id: leaseId };
  return [
    ['co_tenant', { ...lease, name: '李四', since: '2026-01-01' }],
    [
      'lease_change',
      {
        ...lease,
        id: newId(),
        kind: 'renewal',
        status: 'requested',
        requested_by: 'x',
        requested_at: AT,
        segment: '{}',
        dry_run: '{}',
      },
    ],
    ['refund', { ...lease, key: 'r', amount_fen: 1, reason: 'r', requested_at: AT }],
    [
      'cashier_order',
      {
        ...{ ...lease, id: newId(), bill_ids: '{}', amount_fen: 1 },
        ...{ channel: 'alipay', out_trade_no: newId().replaceAll('-', ''), expires_at: AT },
      },
    ],
    [
      'enforcement_case',
      { ...lease, room_id: roomId, key: 'k', state: 'restricted', arrears_fen: 1, evidence: '{}', opened_at: AT },
    ],
    ['exemption', { ...lease, reason: 'r', granted_by: 'x', granted_at: AT }],
    ['promise', { ...lease, until_day: '2026-02-01', amount_fen: 1, agreed_by: 'x', agreed_at: AT }],
    ['waiver', { ...lease, bill_id: billId, key: 'w', amount_fen: 1, reason: 'r', granted_by: 'x', granted_at: AT }],
    [
      'document',
      { ...lease, key: 'd', title: 't', mime: 'text/plain', bytes: 'x', sha256: '0'.repeat(64), created_at: AT },
    ],
  ];
}

function ofStaff(): Row[] {
  const staffId = newId();
  return [
    ['staff', { id: staffId, login: `u${staffId}`, name: 'n', password_hash: 'h' }],
    ['staff_role', { staff_id: staffId, role: 'auditor' }],
    [
      'session',
      {
        token_hash: staffId,
        subject_kind: 'staff',
        subject_id: staffId,
        csrf_token: 'c',
        created_at: AT,
        last_seen_at: AT,
        expires_at: AT,
      },
    ],
    ['api_token', { token_hash: staffId, name: 'n', scopes: '{}', created_by: staffId, created_at: AT }],
    ['idempotency_key', { actor: 'a', key: 'k', request_hash: 'h' }],
  ];
}

async function insert(tx: Tx, table: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(values);
  await tx.query(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(values),
  );
}
