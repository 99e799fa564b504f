import { decryptFile, decryptPersonal, encryptFile, encryptPersonal, type PersonalDataKeys } from './personal-data';
import type { Tx } from './tx';

const COLUMNS = [
  ['tenant', 'phone_enc'],
  ['tenant', 'id_number_enc'],
  ['co_tenant', 'phone_enc'],
  ['co_tenant', 'id_number_enc'],
  ['staff', 'totp_secret_enc'],
] as const;

/** Everything that lies encrypted under a key of personal data: columns as `table.column`, and the files of leases. */
export const ENCRYPTED_PLACES = [...COLUMNS.map(([table, column]) => `${table}.${column}`), 'document.bytes'] as const;

/** A file counts as so many values of a batch: it is a thousand times as long. */
const FILE_WEIGHT = 25;

/**
 * Re-encrypts up to `limit` values and files of the operator that are not under the current key; answers how many by place, nothing for a
 * place where there was none to do. Empty: the operator's old keys can go. `tx` is of a pool of the owner's: the app may change no document.
 */
export async function rotatePersonalData(
  tx: Tx,
  keys: PersonalDataKeys,
  limit: number,
): Promise<Readonly<Record<string, number>>> {
  const rotated: Record<string, number> = {};
  let left = limit;
  for (const [table, column] of COLUMNS) {
    const done = await rotateColumn(tx, keys, { table, column, limit: left });
    if (done > 0) rotated[`${table}.${column}`] = done;
    left -= done;
  }
  const files = await rotateFiles(tx, keys, Math.ceil(left / FILE_WEIGHT));
  if (files > 0) rotated['document.bytes'] = files;
  return rotated;
}

type Place = { readonly table: string; readonly column: string; readonly limit: number };

async function rotateColumn(tx: Tx, keys: PersonalDataKeys, { table, column, limit }: Place): Promise<number> {
  const rows = await tx.query<{ id: string; stored: string }>(
    `SELECT id, ${column} AS stored FROM ${table} WHERE operator_id = $3 AND ${column} IS NOT NULL AND split_part(${column}, ':', 1) <> $1
      ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [keys.currentKeyId, limit, tx.operatorId],
  );
  await tx.query(
    `UPDATE ${table} SET ${column} = fresh.stored FROM unnest($1::uuid[], $2::text[]) AS fresh(id, stored)
      WHERE ${table}.operator_id = $3 AND ${table}.id = fresh.id`,
    [
      rows.map(({ id }) => id),
      rows.map(({ stored }) => encryptPersonal(decryptPersonal(stored, keys), keys)),
      tx.operatorId,
    ],
  );
  return rows.length;
}

async function rotateFiles(tx: Tx, keys: PersonalDataKeys, limit: number): Promise<number> {
  const mark = Buffer.from(`${keys.currentKeyId}\0`);
  const rows = await tx.query<{ id: string; bytes: Buffer }>(
    `SELECT id, bytes FROM document WHERE operator_id = $3 AND substring(bytes FROM 1 FOR ${mark.length}) <> $1
      ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [mark, limit, tx.operatorId],
  );
  for (const { id, bytes } of rows) {
    const fresh = encryptFile(decryptFile(bytes, keys), keys);
    await tx.query('UPDATE document SET bytes = $2 WHERE operator_id = $3 AND id = $1', [id, fresh, tx.operatorId]);
  }
  return rows.length;
}

/** How many values and files of the operator lie under each key, by its id. */
export async function keyIdsInUse(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const columns = COLUMNS.map(
    ([table, column]) =>
      `SELECT split_part(${column}, ':', 1) AS id FROM ${table} WHERE operator_id = $1 AND ${column} IS NOT NULL`,
  );
  // An id has 16 characters at most, and ends with a zero byte.
  const files = `SELECT convert_from(substring(head FROM 1 FOR position('\\000'::bytea IN head) - 1), 'UTF8')
    FROM (SELECT substring(bytes FROM 1 FOR 17) AS head FROM document WHERE operator_id = $1) heads`;
  const rows = await tx.query<{ id: string; n: number }>(
    `SELECT id, count(*)::integer AS n FROM (${[...columns, files].join(' UNION ALL ')}) places GROUP BY id ORDER BY id`,
    [tx.operatorId],
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}
