import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { allocatePayment } from '../domain/allocation';
import type { BillDraft } from '../domain/bill';
import { addMonths, type LocalDate, localDate } from '../domain/calendar';
import { DEFAULT_POLICY } from '../domain/default-policy';
import {
  type CommunityId,
  type Id,
  type LeaseId,
  type OperatorId,
  parseId,
  type RoomId,
  type TenantId,
} from '../domain/ids';
import { fen } from '../domain/money';
import type { LeaseTerms } from '../domain/terms';
import { insertSignedLease, type NewLease } from './leases';
import type { PaymentDecision, PaymentFacts } from './payments';
import { type Tx, withOperator } from './tx';

/** Builders for the database's tests: small, valid, and each different from the last. */
export const newId = <Kind extends string>(): Id<Kind> => parseId<Kind>(v7());

export type Place = {
  readonly operatorId: OperatorId;
  readonly communityId: CommunityId;
  readonly buildingId: string;
  readonly roomId: RoomId;
  readonly tenantId: TenantId;
};

/** An operator with one community, building, room and tenant. */
export async function aPlace(db: Knex): Promise<Place> {
  const place: Place = {
    operatorId: newId(),
    communityId: newId(),
    buildingId: newId(),
    roomId: newId(),
    tenantId: newId(),
  };
  const { operatorId, communityId, buildingId, roomId, tenantId } = place;
  await withOperator(db, operatorId, async (tx) => {
    await tx.query('INSERT INTO operator (operator_id, name, policy) VALUES ($1, $2, $3)', [
      operatorId,
      '示范公寓',
      JSON.stringify(DEFAULT_POLICY),
    ]);
    await tx.query(`INSERT INTO community (operator_id, id, code, name) VALUES ($1, $2, 'C1', '一期')`, [
      operatorId,
      communityId,
    ]);
    await tx.query(
      `INSERT INTO building (operator_id, id, community_id, code, name) VALUES ($1, $2, $3, 'B1', '1栋')`,
      [operatorId, buildingId, communityId],
    );
    await addRoom(tx, place, roomId);
    await tx.query(`INSERT INTO tenant (operator_id, id, name) VALUES ($1, $2, '张三')`, [operatorId, tenantId]);
  });
  return place;
}

export async function addRoom(tx: Tx, place: Place, roomId: RoomId = newId()): Promise<RoomId> {
  await tx.query('INSERT INTO room (operator_id, id, community_id, building_id, code) VALUES ($1, $2, $3, $4, $5)', [
    place.operatorId,
    roomId,
    place.communityId,
    place.buildingId,
    roomId.slice(-12),
  ]);
  return roomId;
}

export const someTerms = (roomId: RoomId, startsOn = '2026-01-01', endsOn = '2026-12-31'): LeaseTerms => ({
  startsOn: localDate(startsOn),
  endsOn: localDate(endsOn),
  alignment: 'leaseDate',
  proration: 'actualDays',
  dueDayOffset: 0,
  issueDaysBeforeDue: 5,
  rentFreeDays: 0,
  discounts: [],
  depositFen: fen(300_000),
  taxBasisPoints: 0,
  segments: [
    {
      from: localDate(startsOn),
      reason: 'original',
      roomId,
      rateFen: fen(300_000),
      basis: 'perMonth',
      cycle: 1,
      escalation: { kind: 'none' },
      fees: [],
      suspended: false,
    },
  ],
});

export const aNewLease = (place: Place, overrides: Partial<NewLease> = {}): NewLease => ({
  id: newId(),
  number: `L-${v7()}`,
  communityId: place.communityId,
  tenantId: place.tenantId,
  terms: someTerms(place.roomId),
  policy: DEFAULT_POLICY,
  signedAt: '2025-12-20T02:00:00.000Z',
  status: 'effective',
  source: 'signed',
  billedUntil: null,
  events: [],
  ...overrides,
});

/** A lease in a room of its own. */
export async function aLease(db: Knex, place: Place): Promise<LeaseId> {
  const lease = aNewLease(place);
  await withOperator(db, place.operatorId, async (tx) => {
    const roomId = await addRoom(tx, place);
    await insertSignedLease(tx, { ...lease, terms: someTerms(roomId) });
  });
  return lease.id;
}

/** The bill of the month that begins on `from`, due that day. */
export const aDraft = (from: string, amountFen = 310_000, key = `period/${from}`): BillDraft => {
  const first = localDate(from);
  const until: LocalDate = addMonths(first, 1);
  return {
    key,
    kind: 'periodic',
    periodFrom: first,
    periodUntil: until,
    issueOn: first,
    dueOn: first,
    lines: [
      {
        kind: 'rent',
        from: first,
        until,
        amountFen: fen(amountFen),
        taxFen: fen(Math.trunc(amountFen / 21)),
        explain: '租金',
      },
    ],
  };
};

/** Oldest bill first, no late fee, nothing to tell. */
export const plainDecision = ({ payment, open }: PaymentFacts): PaymentDecision => ({
  ...allocatePayment(payment.amountFen, open, DEFAULT_POLICY.allocation),
  lateFees: [],
  events: [{ key: `payment/${payment.id}`, kind: 'paymentReceived', data: { amountFen: payment.amountFen } }],
  notices: [
    { key: `payment/${payment.id}`, audience: 'tenant', template: 'paymentReceived', title: '已收款', text: '已收款' },
  ],
});
