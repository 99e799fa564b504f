import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../../../api/auth/password';
import { hashToken, newToken } from '../../../api/auth/secrets';
import { PERMISSIONS } from '../../../contract/roles';
import { openDatabase } from '../../../db/knex';
import { insertStaff, insertToken, replaceRoles } from '../../../db/queries/staff';
import { withOperator } from '../../../db/tx';
import type { Scratch } from '../../../deploy/scratch';
import { type LeaseId, parseId } from '../../../domain/ids';
import type { World } from '../../seed/world';
import { median, percentile } from '../statistics';
import { openBareConnection, statementsOf, timeStatements } from './bare-sql';
import { createReader } from './http';
import { populate } from './population';
import { type MainRead, mainReads } from './reads';

export type ReadFigures = {
  readonly name: string;
  readonly apiP95Ms: number;
  readonly sqlP95Ms: number;
  /** Medians hardly notice a busy neighbour; the p95 does. */
  readonly apiMedianMs: number;
  readonly sqlMedianMs: number;
};

/** `overMs` is the worst of the ten: how far the p95 of one read over HTTP lies above the p95 of its own SQL. */
export type ApiReads = { readonly overMs: number; readonly reads: readonly ReadFigures[] };

export type ApiReadsOptions = {
  readonly leases: number;
  readonly samples: number;
  readonly say: (line: string) => void;
};

const WARM_UP = 20;

/** Times each read over HTTP and as bare SQL on one connection, turn by turn in the same loop. */
export async function apiReadsBench(scratch: Scratch, { leases, samples, say }: ApiReadsOptions): Promise<ApiReads> {
  const db = openDatabase(scratch.databaseUrl, 'app', 2);
  const owner = openDatabase(scratch.databaseUrl, 'owner', 1);
  say(`inserting ${leases} leases with half a year of bills`);
  const world = await populate(db, owner, leases).finally(() => owner.destroy());
  const { operatorId } = world;
  const reader = createReader(scratch.apiUrl, await issueToken(db, world));
  const connection = await openBareConnection(scratch.databaseUrl, operatorId);
  try {
    const reads: ReadFigures[] = [];
    for (const read of mainReads(await middleLease(db, world), world.communityId)) {
      const statements = await statementsOf(read.read, { connection, knex: db, operatorId });
      const sql = () => timeStatements(connection, statements);
      const figures = await timeRead(read, { api: () => reader.time(read.path), sql, samples });
      reads.push(figures);
      say(inWords(figures));
    }
    return { overMs: Math.max(...reads.map(({ apiP95Ms, sqlP95Ms }) => apiP95Ms - sqlP95Ms)), reads };
  } finally {
    reader.close();
    await Promise.all([connection.end(), db.destroy()]);
  }
}

const inWords = ({ name, apiP95Ms, sqlP95Ms, apiMedianMs, sqlMedianMs }: ReadFigures): string =>
  `${name}: p95 ${apiP95Ms.toFixed(1)} ms over HTTP, ${sqlP95Ms.toFixed(1)} as SQL (median ${apiMedianMs.toFixed(1)}, ${sqlMedianMs.toFixed(1)})`;

type Turns = {
  readonly api: () => Promise<number>;
  readonly sql: () => Promise<number>;
  readonly samples: number;
};

async function timeRead({ name }: MainRead, { api, sql, samples }: Turns): Promise<ReadFigures> {
  const times: { api: number[]; sql: number[] } = { api: [], sql: [] };
  for (let n = 0; n < samples + WARM_UP; n += 1) {
    const turn = { api: await api(), sql: await sql() };
    if (n < WARM_UP) continue;
    times.api.push(turn.api);
    times.sql.push(turn.sql);
  }
  return {
    name,
    apiP95Ms: percentile(times.api, 0.95),
    sqlP95Ms: percentile(times.sql, 0.95),
    apiMedianMs: median(times.api),
    sqlMedianMs: median(times.sql),
  };
}

/** A token of an administrator of that landlord. */
async function issueToken(db: Knex, { operatorId }: World): Promise<string> {
  const token = newToken();
  const passwordHash = await hashPassword(newToken());
  await withOperator(db, operatorId, async (tx) => {
    const id = parseId<'staff'>(uuid());
    await insertStaff(tx, { id, login: `reader@${operatorId}`, name: '测量', passwordHash });
    await replaceRoles(tx, id, [{ role: 'operatorAdmin', communityId: null }]);
    const createdAt = new Date().toISOString();
    const facts = { id: uuid(), name: 'bench', scopes: [...PERMISSIONS], createdAt, expiresAt: null };
    await insertToken(tx, { ...facts, tokenHash: hashToken(token), createdBy: id });
  });
  return token;
}

async function middleLease(db: Knex, { operatorId, roomIds }: World): Promise<LeaseId> {
  const roomId = roomIds[Math.floor(roomIds.length / 2)];
  const [lease] = await withOperator(db, operatorId, (tx) =>
    tx.query<{ id: LeaseId }>('SELECT id FROM lease WHERE room_id = $1', [roomId]),
  );
  if (!lease) throw new Error('the population has no lease in the middle');
  return lease.id;
}
