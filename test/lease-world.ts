import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QueryNotRegisteredError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Knex } from 'knex';
import { latePayments } from '../activities/late-payment';
import { type RelayOptions, relayOnce } from '../activities/relay';
import { createLeaseWorker, leaseActivities } from '../activities/worker';
import { getLease } from '../contract/temporal/lease';
import type { LeaseState } from '../contract/temporal/lease-state';
import { leaseHandle, startLease } from '../contract/temporal/start-lease';
import { readClock, skipTime } from '../contract/temporal/time-travel';
import { type StoredEvent, timeline } from '../db/events';
import { openDatabase } from '../db/knex';
import { insertSignedLease } from '../db/leases';
import { storePayment } from '../db/payments';
import { addRoom, aPlace, newId, type Place } from '../db/testing';
import { withOperator } from '../db/tx';
import type { RoomCommander, RoomCommandRequest } from '../device-adapters/command-client';
import { addDays, addMonths, type LocalDate, shanghaiDate, shanghaiInstant } from '../domain/calendar';
import { DEFAULT_POLICY } from '../domain/default-policy';
import type { LeaseId } from '../domain/ids';
import type { PaymentChannel } from '../domain/ledger-accounts';
import { type Fen, fen } from '../domain/money';
import type { LeasePolicy } from '../domain/policy';
import type { LeaseTerms, PaymentCycle } from '../domain/terms';
import { virtualSeal } from '../service-adapters/e-seal/virtual-seal';
import type { PaymentProvider, PaymentProviders, RefundState } from '../service-adapters/payment-provider';
import { aLease, aSegment } from './builders';
import { testDatabase } from './harness/database';
import { testEnv } from './harness/temporal';

let bundle: Promise<WorkflowBundle> | undefined;
const workflowBundle = (): Promise<WorkflowBundle> => {
  bundle ??= bundleWorkflowCode({
    workflowsPath: join(__dirname, '..', 'workflows'),
    logger: new DefaultLogger('WARN'),
  });
  return bundle;
};

/** Rooms that obey at once and remember what they were told; `deaf` ones never answer. */
export type TestRooms = RoomCommander & { readonly log: RoomCommandRequest[]; deaf: boolean };

function testRooms(real: RoomCommander | undefined): TestRooms {
  const rooms: TestRooms = {
    log: [],
    deaf: false,
    async send(request, timeoutMs) {
      if (rooms.deaf) return { confirmed: false, why: 'fireAlarm' };
      rooms.log.push(request);
      if (real) return real.send(request, timeoutMs);
      return { confirmed: true, observedAt: request.at };
    },
    close: async () => undefined,
  };
  return rooms;
}

const notHere = () => Promise.reject(new Error('not part of these tests'));

/** A cashier that pays back, and counts; `refuses` makes it say no, `silent` answer to nothing. */
const testCashier = (paidBack: Map<string, number>, mood: { refuses: boolean; silent: boolean }): PaymentProvider => {
  const done = (outRefundNo: string): RefundState => ({
    ...{ outRefundNo, status: 'done', amountFen: fen(paidBack.get(outRefundNo) ?? 0) },
    ...{ providerNumber: `P${outRefundNo}`, doneAt: new Date(0).toISOString() },
  });
  return {
    channel: 'simulator',
    simulated: true,
    open: notHere,
    query: notHere,
    close: notHere,
    readNotice: () => ({ ok: false, code: 'BadSignature', why: 'not part of these tests' }),
    acknowledge: () => ({ status: 200, contentType: 'text/plain', body: '' }),
    async refund({ outRefundNo, amountFen }) {
      if (mood.silent) return { kind: 'unknown', why: 'silent' };
      if (mood.refuses) return { kind: 'refused', code: 'OrderNotFound', message: '' };
      paidBack.set(outRefundNo, amountFen);
      return { kind: 'ok', value: done(outRefundNo) };
    },
    queryRefund: async ({ outRefundNo }) =>
      paidBack.has(outRefundNo)
        ? { kind: 'ok', value: done(outRefundNo) }
        : { kind: 'refused', code: 'RefundNotFound', message: '' },
  };
};

type Activities = ReturnType<typeof leaseActivities>;

const carriedOutTwice = (activities: Activities): object =>
  Object.fromEntries(
    Object.entries<(input: never) => Promise<unknown>>(activities).map(([name, activity]) => [
      name,
      async (input: object) => {
        await activity(input as never);
        return activity(('at' in input ? { ...input, at: aSecondAfter(String(input.at)) } : input) as never);
      },
    ]),
  );

const aSecondAfter = (at: string): string => new Date(Date.parse(at) + 1000).toISOString();

/** A database, a worker on the real Temporal server, and rooms that obey: everything that a lease needs to live its life in a test. */
export type LeaseWorld = Awaited<ReturnType<typeof leaseWorld>>;

/**
 * @param options.twice runs each step again after it was committed, a second later, as after a crash before its answer was kept
 * @param options.commander to rooms on a broker; without it the rooms are the test's own
 * @param options.providers where money comes from and goes back to; without them a cashier of the test's own
 */
export async function leaseWorld(
  options: {
    readonly twice?: boolean;
    readonly commander?: RoomCommander;
    readonly providers?: PaymentProviders;
    readonly publicUrl?: string;
  } = {},
) {
  const database = await testDatabase();
  const env: TestWorkflowEnvironment = await testEnv();
  const db = openDatabase(database.url);
  const relayDb = openDatabase(database.url, 'relay', 1);
  const taskQueue = `lease-${randomUUID()}`;
  const rooms = testRooms(options.commander);
  const signed: string[] = [];
  const paidBack = new Map<string, number>();
  const cashier = { refuses: false, silent: false };
  const keys = { currentKeyId: 'k1', keys: new Map([['k1', Buffer.alloc(32, 1)]]), indexKey: Buffer.alloc(32, 2) };
  const providers = options.providers ?? new Map([['simulator', testCashier(paidBack, cashier)]]);
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1';
  const activities = leaseActivities({ db, rooms, providers, eSeal: virtualSeal, keys, publicUrl });
  const worker = await createLeaseWorker({
    connection: env.nativeConnection,
    namespace: 'default',
    taskQueue,
    activities: options.twice ? carriedOutTwice(activities) : activities,
    workflows: { workflowBundle: await workflowBundle() },
  });
  const running = worker.run();
  const relay: RelayOptions = {
    relayDb,
    client: env.client,
    taskQueue,
    takeLatePayment: latePayments(db, env.client, taskQueue),
    say: () => undefined,
  };
  return {
    databaseUrl: database.url,
    db,
    env,
    rooms,
    paidBack,
    cashier,
    taskQueue,
    relay,
    activities,
    async sign(options: SignOptions = {}) {
      const lease = await sign({ db, env, taskQueue, relay }, options);
      signed.push(lease.handle.workflowId);
      return lease;
    },
    /** A lease that has run for half a year elsewhere, in effect, billed here from its next period on. */
    async takeOver() {
      const today = shanghaiDate(Date.now());
      const startsOn = addMonths(today, -6);
      const billedFrom = addMonths(startsOn, 7);
      const lease = await sign(
        { db, env, taskQueue, relay },
        { terms: { startsOn, endsOn: addDays(addMonths(startsOn, 12), -1) }, imported: billedFrom },
      );
      signed.push(lease.handle.workflowId);
      return Object.assign(lease, { billedFrom });
    },
    /** Has the history of another workflow than a lease's replayed at the end, too. */
    replayAlso: (workflowId: string) => void signed.push(workflowId),
    /** Ends the world; every history that it has produced must replay before it is forgotten. */
    async close() {
      worker.shutdown();
      await running;
      for (const workflowId of signed) await replay(env, workflowId);
      await env.teardown();
      await Promise.all([db.destroy(), relayDb.destroy()]);
      await database.drop();
    },
  };
}

/** With RECORD_HISTORIES set to a folder, the histories are kept there too: copy one to workflows/histories when a new story is worth it. */
async function replay(env: TestWorkflowEnvironment, workflowId: string): Promise<void> {
  const history = await env.client.workflow.getHandle(workflowId).fetchHistory();
  const folder = process.env.RECORD_HISTORIES;
  if (folder) {
    const bytes = temporal.api.history.v1.History.encode(history).finish();
    writeFileSync(join(folder, `${workflowId.replace('/', '-')}.pb`), bytes);
  }
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, workflowId);
}

export type SignOptions = {
  readonly terms?: Partial<LeaseTerms>;
  readonly policy?: Partial<LeasePolicy>;
  readonly rateFen?: number;
  /** Signs at the same operator, in a room of its own there. */
  readonly place?: Place;
  readonly years?: number;
  readonly cycle?: PaymentCycle;
  /** Taken over running: the first day that was not billed elsewhere. */
  readonly imported?: LocalDate;
};
type Parts = {
  readonly db: Knex;
  readonly env: TestWorkflowEnvironment;
  readonly taskQueue: string;
  readonly relay: RelayOptions;
};

/** A lease of twelve months at 3,000 yuan from tomorrow, signed now, with its workflow started. */
async function sign(
  { db, env, taskQueue, relay }: Parts,
  { terms = {}, policy = {}, rateFen = 300_000, years = 1, ...options }: SignOptions,
) {
  const place = options.place ? await anotherRoom(db, options.place) : await aPlace(db);
  const { operatorId, communityId, roomId, tenantId } = place;
  const leaseId = newId<'lease'>() as LeaseId;
  const today = shanghaiDate(Date.now());
  const startsOn = terms.startsOn ?? addDays(today, 1);
  const full = aLease({
    startsOn,
    endsOn: addDays(addMonths(startsOn, 12 * years), -1),
    segments: [aSegment({ from: startsOn, roomId, rateFen: fen(rateFen), cycle: options.cycle ?? 1 })],
    ...terms,
  });
  await withOperator(db, operatorId, (tx) =>
    insertSignedLease(tx, {
      id: leaseId,
      number: `L-${leaseId.slice(-6)}`,
      communityId,
      tenantId,
      terms: full,
      policy: { ...DEFAULT_POLICY, ...policy },
      signedAt: new Date().toISOString(),
      status: options.imported ? 'effective' : 'signed',
      source: options.imported ? 'imported' : 'signed',
      billedUntil: options.imported ?? null,
      events: options.imported ? [{ key: 'imported', kind: 'imported', data: { billedFrom: options.imported } }] : [],
    }),
  );
  await startLease(env.client, taskQueue, { operatorId, leaseId });
  return new LeaseUnderTest({ db, env, relay, place, leaseId, terms: full });
}

const anotherRoom = async (db: Knex, place: Place): Promise<Place> => ({
  ...place,
  roomId: await withOperator(db, place.operatorId, (tx) => addRoom(tx, place)),
});

type LeaseParts = {
  readonly db: Knex;
  readonly env: TestWorkflowEnvironment;
  readonly relay: RelayOptions;
  readonly place: Place;
  readonly leaseId: LeaseId;
  readonly terms: LeaseTerms;
};

/** One lease as a test handles it: ask, pay, let time pass, look. */
export class LeaseUnderTest {
  readonly parts: LeaseParts;
  constructor(parts: LeaseParts) {
    this.parts = parts;
  }

  get handle() {
    return leaseHandle(this.parts.env.client, this.parts.leaseId);
  }

  /** As the workflow sees it; waits until it has read its record. */
  async state(): Promise<LeaseState> {
    for (;;) {
      const view = await this.handle.query(getLease).catch((error: unknown) => {
        if (error instanceof QueryNotRegisteredError) return null; // its first task has not run yet
        throw error;
      });
      if (view) return view.state;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** The timeline. */
  events = (): Promise<readonly StoredEvent[]> =>
    withOperator(this.parts.db, this.parts.place.operatorId, (tx) => timeline(tx, this.parts.leaseId));

  query = <Row extends object>(sql: string): Promise<Row[]> =>
    withOperator(this.parts.db, this.parts.place.operatorId, (tx) => tx.query<Row>(sql, [this.parts.leaseId]));

  /** Waits until the lease's workflow has come to a state that satisfies `holds`. */
  async until(holds: (state: LeaseState) => boolean, patienceMs = 20_000) {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const state = await this.state();
      if (holds(state)) return state;
      if (Date.now() > deadline) throw new Error(`the lease stays ${state.status}, enforcement ${state.enforcement}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Money at the cashier, the way the callback stores it, and the relay that carries it over. */
  async pay(amountFen: Fen | number, paidAt?: string, channel: PaymentChannel = 'simulator') {
    const { db, place, leaseId, relay } = this.parts;
    const id = newId<'payment'>();
    await withOperator(db, place.operatorId, (tx) =>
      storePayment(tx, {
        id,
        leaseId,
        channel,
        providerNumber: `S-${id}`,
        amountFen: fen(amountFen),
        paidAt: paidAt ?? new Date(0).toISOString(),
      }),
    );
    await relayOnce(relay);
    return id;
  }

  /** Money of today, by the lease's own clock. */
  payNow = async (amountFen: number) => this.pay(amountFen, new Date((await readClock(this.handle)).now).toISOString());

  approve = () => this.handle.executeUpdate('approveLease', { args: [{ by: 'staff:test' }] });

  ask = (update: string, input: object) =>
    this.handle.executeUpdate(update, { args: [{ by: 'staff:test', ...input }] });

  /** Lets the lease's time pass until `hour` of that day, on the real server. */
  async travelTo(day: LocalDate, hour = 12) {
    const { now } = await readClock(this.handle);
    const id = randomUUID();
    await skipTime(this.parts.env.client, this.handle.workflowId, { id, ms: shanghaiInstant(day, hour) - now });
    for (;;) {
      const clock = await readClock(this.handle);
      if (clock.closed || clock.reached === id) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Signed, paid, approved, sealed: in effect. */
  async bringIntoEffect() {
    const { open } = await this.until(({ status }) => status === 'awaitingFirstPayment');
    await this.payNow(open.reduce((sum, bill) => sum + bill.openFen, 0));
    await this.until(({ status }) => status === 'awaitingApproval');
    await this.approve();
    await this.until(({ status }) => status === 'effective');
    return this;
  }
}
