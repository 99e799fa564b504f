import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { type TestDatabase, testDatabase } from '../test/harness/database';
import { openDatabase } from './knex';
import { aPlace, type Place } from './testing';
import { fillEveryTable } from './testing-rows';
import { withOperator } from './tx';

let database: TestDatabase;
let db: Knex;
let owner: Knex;
let a: Place;
let b: Place;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url, 'app', 2);
  owner = openDatabase(database.url, 'owner', 1);
  a = await aPlace(db);
  b = await aPlace(db);
  await fillEveryTable(db, b);
});

afterAll(async () => {
  await db?.destroy();
  await owner?.destroy();
  await database?.drop();
});

const ask = async <Row extends object>(sql: string, values: readonly (string | number)[] = []): Promise<Row[]> =>
  (await owner.raw<{ rows: Row[] }>(sql, [...values])).rows;

/** Tables and views of the schema that carry an operator. */
async function relations(kind: 'r' | 'v'): Promise<string[]> {
  const rows = await ask<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'operator_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = ? ORDER BY 1`,
    [kind],
  );
  return rows.map(({ name }) => name);
}

/** What a statement does as operator A: the number of rows it touched, or that it was refused. */
const asOperatorA = (sql: string, values: readonly unknown[] = []): Promise<number | 'refused'> =>
  withOperator(db, a.operatorId, (tx) => tx.query(sql, values)).then(
    (rows) => rows.length,
    (error: { code?: string }) => {
      if (error.code === '42501') return 'refused' as const;
      throw error;
    },
  );

describe('operators apart', () => {
  it('has a row of operator B in every table, so that the tests below look at something', async () => {
    for (const table of await relations('r')) {
      const [row] = await ask<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE operator_id = ?`, [
        b.operatorId,
      ]);
      expect([table, (row?.n ?? 0) > 0]).toEqual([table, true]);
    }
  });

  it('shows operator A no row of operator B, in any table or view', async () => {
    for (const relation of [...(await relations('r')), ...(await relations('v'))]) {
      const seen = await asOperatorA(`SELECT 1 FROM ${relation} WHERE operator_id = $1`, [b.operatorId]);
      expect([relation, seen]).toEqual([relation, 0]);
    }
  });

  it('shows nothing at all before the operator is set', async () => {
    for (const relation of [...(await relations('r')), ...(await relations('v'))]) {
      const { rows } = await db.raw<{ rows: object[] }>(`SELECT 1 FROM ${relation} LIMIT 1`);
      expect([relation, rows.length]).toEqual([relation, 0]);
    }
  });

  it('lets operator A neither change nor delete a row of operator B', async () => {
    for (const table of await relations('r')) {
      for (const sql of [
        `UPDATE ${table} SET operator_id = $1 WHERE operator_id = $1 RETURNING 1`,
        `DELETE FROM ${table} WHERE operator_id = $1 RETURNING 1`,
      ]) {
        expect([sql, [0, 'refused']]).toEqual([sql, expect.arrayContaining([await asOperatorA(sql, [b.operatorId])])]);
      }
    }
  });

  it('lets operator A insert no row in the name of operator B', async () => {
    for (const table of await relations('r')) {
      const [row] = await ask<{ row: object }>(
        `SELECT to_jsonb(t) AS row FROM ${table} t WHERE operator_id = ? LIMIT 1`,
        [b.operatorId],
      );
      const columns = await insertable(table);
      const copied = await asOperatorA(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_record(null::${table}, $1::jsonb) RETURNING 1`,
        [JSON.stringify(row?.row)],
      );
      expect([table, copied]).toEqual([table, 'refused']);
    }
  });
});

/** Columns that an insert may name. */
async function insertable(table: string): Promise<string> {
  const rows = await ask<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
        AND attgenerated = '' AND attidentity = '' AND NOT (attrelid = 'bill'::regclass AND attname = 'settled_fen') ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
}

describe('the schema', () => {
  it('forces row-level security on every table but the migrations own', async () => {
    const open = await ask<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND NOT (relrowsecurity AND relforcerowsecurity) AND relname NOT LIKE 'knex\\_migrations%' ORDER BY 1`,
    );
    expect(open).toEqual([]);
  });

  it('lets views read with the rights of who asks', async () => {
    const unsafe = await ask(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
        AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)`,
    );
    expect(unsafe).toEqual([]);
    expect(await relations('v')).toContain('lease_list');
  });

  it('leads every index with the operator, save the look-ups that find out whose row it is', async () => {
    const others = await ask<{ name: string }>(
      `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE 'knex\\_migrations%'
          AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0] AND a.attname = 'operator_id')
          -- The operator is part of every gram of a search.
          AND pg_get_indexdef(i.indexrelid, 1, true) NOT LIKE 'search\\_grams(operator\\_id, %'
        ORDER BY 1`,
    );
    expect(others.map(({ name }) => name)).toEqual([
      'api_token_by_hash',
      'cashier_order_by_number',
      'otp_pkey',
      'rate_limit_pkey',
      'session_by_token',
      'staff_by_login',
      'tenant_by_phone',
    ]);
  });

  it('leads every foreign key with the operator', async () => {
    const others = await ask(
      `SELECT conname FROM pg_constraint k WHERE contype = 'f' AND NOT EXISTS (
          SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1] AND a.attname = 'operator_id')`,
    );
    expect(others).toEqual([]);
  });

  it('gives the app no rights beyond its row-level security', async () => {
    const [role] = await ask<{ safe: boolean }>(
      `SELECT NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolcanlogin) AS safe FROM pg_roles
        WHERE rolname = 'apartment_app'`,
    );
    expect(role).toEqual({ safe: true });
    await expect(db.raw('SELECT 1 FROM otp')).rejects.toMatchObject({ code: '42501' });
    await expect(db.raw('SELECT 1 FROM knex_migrations')).rejects.toMatchObject({ code: '42501' });
  });

  it("works for a login that owns nothing and may only take the app's role: such a one cannot give itself more", async () => {
    const login = `login_${a.operatorId.slice(-12)}`;
    await owner.raw(`CREATE ROLE ${login} LOGIN PASSWORD 'only-here'`);
    await owner.raw(`GRANT apartment_app TO ${login} WITH INHERIT FALSE, SET TRUE`);
    const url = new URL(database.url);
    Object.assign(url, { username: login, password: 'only-here' });
    const bare = openDatabase(url.href, 'app', 1);
    try {
      const count = 'SELECT count(*)::int AS n FROM operator';
      expect(await withOperator(bare, a.operatorId, (tx) => tx.query(count))).toEqual([{ n: 1 }]);
      const breakOut = withOperator(bare, a.operatorId, async (tx) => {
        await tx.query('RESET ROLE');
        return tx.query(count);
      });
      await expect(breakOut).rejects.toMatchObject({ code: '42501' });
    } finally {
      await bare.destroy();
      await owner.raw(`DROP ROLE ${login}`);
    }
  });
});
