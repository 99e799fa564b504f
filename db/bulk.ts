import type { Tx } from './tx';

/** Rows per statement: enough that the round trip no longer counts, few enough that a batch is some hundred kilobytes. */
const BATCH = 2_000;

/**
 * Runs a statement once per batch of `rows`. The statement reads them as `json_to_recordset($2::json)`; `$1` is the operator, further
 * values follow from `$3`.
 */
export async function bulk<Row extends object>(
  tx: Tx,
  sql: string,
  rows: readonly object[],
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const found: Row[] = [];
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = await tx.query<Row>(sql, [tx.operatorId, JSON.stringify(rows.slice(i, i + BATCH)), ...values]);
    for (const row of batch) found.push(row);
  }
  return found;
}
