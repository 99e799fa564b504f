import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { dataConverterOf } from '../../../contract/temporal/codec';
import { openDatabase } from '../../../db/knex';
import type { Scratch } from '../../../deploy/scratch';
import { median } from '../statistics';
import { eventsOfLife } from './history';
import { outboxMarker } from './on-time-payer';
import { bareRound, leaseRound, type Round, type RoundSize, worldFor } from './rounds';
import { storedBytes, storedRows } from './storage';
import { startWorkers } from './worker';

/** Lease months against bare months. The ratio is the median of the rounds' own ratios: a neighbour's noise hits both sides of each. */
export type LeaseMonths = {
  readonly leaseMonthsPerSecond: number;
  readonly bareMonthsPerSecond: number;
  readonly ratio: number;
  readonly eventsPerPaidMonth: number;
  readonly bytesPerLeaseMonth: number;
  readonly rowsPerLeaseMonth: Readonly<Record<string, number>>;
  readonly rounds: readonly { readonly lease: number; readonly bare: number }[];
  /** Milliseconds of processor time per month in the last round, by program. */
  readonly processorMs: { readonly lease: Round['cpu']; readonly bare: Round['cpu'] };
};

export type LeaseMonthsOptions = RoundSize & { readonly rounds: number; readonly say: (line: string) => void };

type Bench = Awaited<ReturnType<typeof open>>;

/** Runs interleaved rounds of bare workflows and of leases on the same server, with one worker process for both. */
export async function leaseMonthsBench(scratch: Scratch, options: LeaseMonthsOptions): Promise<LeaseMonths> {
  const bench = await open(scratch);
  const { rounds, workflows, months, say } = options;
  try {
    say(`warm-up: ${workflows} bare workflows and ${workflows} leases`);
    await measured(bench, { workflows, months: Math.min(2, months) }, 'warm-up');
    const results: Measured[] = [];
    for (let n = 1; n <= rounds; n += 1) {
      const result = await measured(bench, options, `round ${n}`);
      results.push(result);
      say(
        `round ${n} of ${rounds}: ${result.lease.toFixed(1)} lease months/s, ${result.bare.toFixed(1)} bare months/s`,
      );
    }
    return summary(results);
  } finally {
    await bench.close();
  }
}

async function open({ config }: Scratch) {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const { address, namespace, codecKeys } = config.temporal;
  // Both sides are encrypted as in production.
  const dataConverter = dataConverterOf(codecKeys);
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter });
  const db = openDatabase(config.databaseUrl, 'app', 20);
  const relayDb = openDatabase(config.databaseUrl, 'relay', 2);
  const owner = openDatabase(config.databaseUrl, 'owner', 1);
  const { delivered, close } = outboxMarker(relayDb);
  const workers = await startWorkers({ connection: native, namespace, dataConverter, client, db, delivered });
  return {
    client,
    db,
    owner,
    async close(): Promise<void> {
      await workers.stop();
      await close();
      await Promise.all([db.destroy(), relayDb.destroy(), owner.destroy(), connection.close(), native.close()]);
    },
  };
}

type Measured = {
  readonly lease: number;
  readonly bare: number;
  readonly events: number;
  readonly bytes: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly cpu: LeaseMonths['processorMs'];
};

const rate = ({ months, seconds }: Round): number => months / seconds;

async function measured(
  { client, db, owner }: Bench,
  { workflows, months }: RoundSize,
  name: string,
): Promise<Measured> {
  const world = await worldFor(db, name, workflows);
  const bare = await bareRound(client, { workflows, months });
  const before = await storedBytes(owner);
  const lease = await leaseRound(db, client, world, months);
  const bytes = ((await storedBytes(owner)) - before) / lease.months;
  const counts = Object.entries(await storedRows(owner, world.operatorId));
  const rows = Object.fromEntries(counts.map(([table, n]) => [table, n / lease.months]));
  const events = await Promise.all(
    lease.firstRuns.map(({ workflowId, runId }) => eventsOfLife(client, workflowId, runId)),
  );
  const perMonth = events.map((n) => n / months);
  return {
    lease: rate(lease),
    bare: rate(bare),
    events: median(perMonth),
    bytes,
    rows,
    cpu: { lease: lease.cpu, bare: bare.cpu },
  };
}

const summary = (results: readonly Measured[]): LeaseMonths => ({
  leaseMonthsPerSecond: median(results.map(({ lease }) => lease)),
  bareMonthsPerSecond: median(results.map(({ bare }) => bare)),
  ratio: median(results.map(({ lease, bare }) => lease / bare)),
  eventsPerPaidMonth: median(results.map(({ events }) => events)),
  bytesPerLeaseMonth: median(results.map(({ bytes }) => bytes)),
  rowsPerLeaseMonth: results.at(-1)?.rows ?? {},
  rounds: results.map(({ lease, bare }) => ({ lease, bare })),
  processorMs: results.at(-1)?.cpu ?? { lease: null, bare: null },
});
