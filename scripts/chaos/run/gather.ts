import mqtt from 'mqtt';
import type { CashierBook } from '../../../contract/cashier';
import { parsePayload, StateReport } from '../../../contract/mqtt/messages';
import { parseRoomTopic, STATE_FILTER } from '../../../contract/mqtt/topics';
import { leaseHandle } from '../../../contract/temporal/start-lease';
import { readClock } from '../../../contract/temporal/time-travel';
import { type Tx, withOperator } from '../../../db/tx';
import { outTradeNoOf } from '../../../domain/cashier-order';
import { chinaDay } from '../expected/own-calendar';
import type { AllocationFacts, BillFacts, LeaseFacts, PaymentFacts, TransactionFacts } from '../facts';
import type { Lived } from './live';
import type { Stage } from './stage';
import { paymentIdOf } from './tenant';

type Rooms = ReadonlyMap<string, LeaseFacts['room']>;
type Book = CashierBook;

/** Everything that the platform, the rooms and the cashier say about these leases. */
export async function gatherFacts(stage: Stage, lives: readonly Lived[]): Promise<LeaseFacts[]> {
  const rooms = await hearRooms(stage.scratch.mqttUrl);
  const book = await stage.gateway.downloadBook();
  if (!book.ok) throw new Error(`the cashier does not show its book: ${book.code}`);
  const facts: LeaseFacts[] = [];
  for (const life of lives) facts.push(await factsOf(stage, life, { rooms, book: book.value }));
  return facts;
}

const UNTOUCHED = { locked: false, powered: true };
const RETAINED_QUIET_MS = 1_500;

/** The retained reports of all rooms: how each door and switch says it stands. */
async function hearRooms(mqttUrl: string): Promise<Rooms> {
  const rooms = new Map<string, LeaseFacts['room']>();
  const client = await mqtt.connectAsync(mqttUrl);
  let lastAt = Date.now();
  client.on('message', (topic, payload) => {
    const roomId = parseRoomTopic(topic)?.address.roomId;
    const report = parsePayload(StateReport, payload);
    if (!roomId || !report) return;
    lastAt = Date.now();
    const room = rooms.get(roomId) ?? UNTOUCHED;
    rooms.set(roomId, report.part === 'door' ? { ...room, locked: report.locked } : { ...room, powered: report.on });
  });
  await client.subscribeAsync(STATE_FILTER, { qos: 1 });
  while (Date.now() - lastAt < RETAINED_QUIET_MS) await new Promise((wake) => setTimeout(wake, 100));
  await client.endAsync();
  return rooms;
}

async function factsOf(
  stage: Stage,
  { leaseId, scenario, n }: Lived,
  { rooms, book }: { readonly rooms: Rooms; readonly book: Book },
): Promise<LeaseFacts> {
  const { terms, policy, signedOn, begins, deeds } = scenario;
  const { now } = await readClock(leaseHandle(stage.client, leaseId));
  const payments = deeds.flatMap((deed) => (deed.kind === 'pay' ? [deed] : []));
  const orders = new Set(payments.map(({ number }) => outTradeNoOf(paymentIdOf(leaseId, number))));
  const record = await withOperator(stage.knex, stage.world.operatorId, (tx) => readRecord(tx, leaseId));
  return {
    ...record,
    leaseId,
    agreed: { terms, policy, signedOn, begins },
    done: {
      payments: payments.map(({ number, amountFen, paidAt }) => ({
        number: paymentIdOf(leaseId, number),
        amountFen,
        paidOn: chinaDay(paidAt),
      })),
      damagesFen: deeds.reduce((total, deed) => (deed.kind === 'inspect' ? total + deed.damagesFen : total), 0),
    },
    clock: now,
    cashierRefundsFen: book.refunds
      .filter(({ outTradeNo }) => orders.has(outTradeNo))
      .map((refund) => refund.amountFen),
    room: rooms.get(stage.world.roomIds[n] ?? '') ?? UNTOUCHED,
  };
}

type Record = Pick<LeaseFacts, 'status' | 'bills' | 'allocations' | 'payments' | 'refunds' | 'ledger' | 'workOrders'>;

async function readRecord(tx: Tx, leaseId: string): Promise<Record> {
  const all = <Row extends object>(sql: string): Promise<Row[]> => tx.query<Row>(sql, [leaseId]);
  const [lease] = await all<{ status: string }>('SELECT status FROM lease WHERE id = $1');
  return {
    status: lease?.status ?? 'unknown',
    bills: await all<BillFacts>(BILLS),
    allocations: await all<AllocationFacts>(ALLOCATIONS),
    payments: await all<PaymentFacts>(PAYMENTS),
    refunds: await all<LeaseFacts['refunds'][number]>(
      'SELECT id, amount_fen AS "amountFen", status FROM refund WHERE lease_id = $1',
    ),
    ledger: await all<TransactionFacts>(LEDGER),
    workOrders: (
      await all<{ kind: string }>(`SELECT kind FROM work_order WHERE lease_id = $1 AND status = 'open'`)
    ).map(({ kind }) => kind),
  };
}

const epochMs = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

const BILLS = `SELECT b.key, b.kind, b.period_from AS "from", b.period_until AS "until", b.due_on AS "dueOn", b.total_fen AS "totalFen",
    b.voided_at IS NOT NULL AS voided, (SELECT coalesce(json_agg(json_build_object('kind', l.kind, 'amountFen', l.amount_fen,
      'taxFen', l.tax_fen)), '[]') FROM bill_line l WHERE l.bill_id = b.id) AS lines
  FROM bill b WHERE b.lease_id = $1 ORDER BY b.issue_on, b.key`;

const ALLOCATIONS = `SELECT b.key AS "billKey", a.payment_id AS "paymentId", a.amount_fen AS "amountFen", a.effective_on AS "effectiveOn",
    ${epochMs('a.at')} AS at FROM bill_allocation a JOIN bill b ON b.id = a.bill_id WHERE a.lease_id = $1 ORDER BY a.at, a.seq`;

const PAYMENTS = `SELECT id, id::text AS number, amount_fen AS "amountFen", status = 'applied' AS applied,
    (paid_at AT TIME ZONE 'Asia/Shanghai')::date AS "paidOn" FROM payment WHERE lease_id = $1`;

const LEDGER = `SELECT t.key, t.kind, ${epochMs('t.at')} AS at, (SELECT coalesce(json_agg(json_build_object('account', e.account,
      'amountFen', e.amount_fen)), '[]') FROM ledger_entry e WHERE e.transaction_id = t.id) AS entries
  FROM ledger_transaction t WHERE t.lease_id = $1 ORDER BY t.at, t.id`;
