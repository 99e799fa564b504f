import type { Tx } from './tx';

/** Rows per statement: enough that the round trip no longer counts, few enough that a batch is some hundred kilobytes. */
const BATCH = 2_000;

export type Statement = { readonly sql: string; readonly values: readonly unknown[] };

/** Runs statements in order. The next one is made while PostgreSQL is busy with the one before, so that both work. */
export async function pipeline<Row extends object>(tx: Tx, statements: Iterable<Statement>): Promise<Row[]> {
  const found: Row[] = [];
  let running: Promise<Row[]> | undefined;
  const settle = async () => {
    for (const row of (await running) ?? []) found.push(row);
  };
  for (const { sql, values } of statements) {
    await settle();
    running = tx.query<Row>(sql, values);
  }
  await settle();
  return found;
}

export type Bulk<Item> = {
  /** Reads its rows as `json_to_recordset($2::json)`; `$1` is the operator, `values` follow from `$3`. */
  readonly sql: string;
  readonly rows: readonly Item[];
  readonly values?: readonly unknown[];
  /** What the statement is to see of a row; made batch by batch, so that two forms of all rows are never held at once. */
  readonly toJson: (row: Item) => object;
};

export const bulkOf = <Row extends object, Item>(tx: Tx, bulk: Bulk<Item>): Promise<Row[]> =>
  pipeline<Row>(tx, batches(tx, bulk));

function* batches<Item>(tx: Tx, { sql, rows, values = [], toJson }: Bulk<Item>): Generator<Statement> {
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = rows.slice(i, i + BATCH).map(toJson);
    yield { sql, values: [tx.operatorId, JSON.stringify(batch), ...values] };
  }
}

/** {@link bulkOf} for rows that go in as they are. */
export const bulk = <Row extends object>(
  tx: Tx,
  sql: string,
  rows: readonly object[],
  values: readonly unknown[] = [],
): Promise<Row[]> => bulkOf<Row, object>(tx, { sql, rows, values, toJson: (row) => row });
