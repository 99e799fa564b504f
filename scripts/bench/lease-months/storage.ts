import type { Knex } from 'knex';
import type { OperatorId } from '../../../domain/ids';

/** Bytes of all tables of the product with their indexes. `owner` is a pool of the owner's role. */
export async function storedBytes(owner: Knex): Promise<number> {
  const { rows } = await owner.raw<{ rows: { bytes: number }[] }>(
    `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
  );
  return Number(rows[0]?.bytes ?? 0);
}

/** Rows that an operator has in each table, the empty ones left out. */
export async function storedRows(owner: Knex, operatorId: OperatorId): Promise<Readonly<Record<string, number>>> {
  const { rows: tables } = await owner.raw<{ rows: { name: string }[] }>(
    `SELECT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND column_name = 'operator_id' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await owner.raw<{ rows: { n: number }[] }>('SELECT count(*) AS n FROM ?? WHERE operator_id = ?', [
      name,
      operatorId,
    ]);
    const n = Number(rows[0]?.n ?? 0);
    if (n > 0) counts[name] = n;
  }
  return counts;
}
