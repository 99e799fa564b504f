import { decryptPersonal, encryptPersonal, type PersonalDataKeys } from './personal-data';
import type { Tx } from './tx';

const COLUMNS = [
  ['tenant', 'phone_enc'],
  ['tenant', 'id_number_enc'],
  ['co_tenant', 'phone_enc'],
  ['co_tenant', 'id_number_enc'],
  ['staff', 'totp_secret_enc'],
] as const;

/** Re-encrypts up to `limit` values of the operator that are not under the current key; answers how many. 0: the old keys can go. */
export async function rotatePersonalData(tx: Tx, keys: PersonalDataKeys, limit: number): Promise<number> {
  let rotated = 0;
  for (const [table, column] of COLUMNS) {
    const rows = await tx.query<{ id: string; stored: string }>(
      `SELECT id, ${column} AS stored FROM ${table} WHERE ${column} IS NOT NULL AND split_part(${column}, ':', 1) <> $1
        ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [keys.currentKeyId, limit - rotated],
    );
    await tx.query(
      `UPDATE ${table} SET ${column} = fresh.stored FROM unnest($1::uuid[], $2::text[]) AS fresh(id, stored) WHERE ${table}.id = fresh.id`,
      [rows.map(({ id }) => id), rows.map(({ stored }) => encryptPersonal(decryptPersonal(stored, keys), keys))],
    );
    rotated += rows.length;
  }
  return rotated;
}
