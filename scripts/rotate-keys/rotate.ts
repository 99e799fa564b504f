import type { Knex } from 'knex';
import type { PersonalDataKeys } from '../../db/personal-data';
import { ENCRYPTED_PLACES, keyIdsInUse, rotatePersonalData } from '../../db/rotate-personal-data';
import { withOperator } from '../../db/tx';
import type { OperatorId } from '../../domain/ids';

export type RotationReport = {
  readonly currentKeyId: string;
  readonly operators: number;
  /** Values re-encrypted by this run, by table and column. */
  readonly rotated: Readonly<Record<string, number>>;
  /** Values that lie under each key now. */
  readonly inUse: Readonly<Record<string, number>>;
  /** Configured keys under which nothing lies any more. */
  readonly droppable: readonly string[];
};

export type Rotation = {
  /** A pool of the app's role: it can list the operators. */
  readonly app: Knex;
  /** A pool of the tables' owner: nobody else may touch the bytes of a contract. */
  readonly owner: Knex;
  readonly keys: PersonalDataKeys;
  readonly say: (line: string) => void;
};

/** One transaction's worth: rows stay locked for some milliseconds. */
const BATCH = 500;

/**
 * Brings all operators' personal data under the current key, batch by batch; whatever is committed stays done when it is stopped.
 * @throws RangeError when something lies under a key that is not configured: without it nobody can read that, so it must come back first
 */
export async function rotateKeys(rotation: Rotation): Promise<RotationReport> {
  const { app, owner, keys, say } = rotation;
  const { rows } = await app.raw<{ rows: { operator_id: OperatorId }[] }>('SELECT operator_id FROM list_operators()');
  const operators = rows.map(({ operator_id }) => operator_id);
  const missing = [...(await inUseBy(owner, operators)).keys()].filter((id) => !keys.keys.has(id));
  if (missing.length > 0) throw new RangeError(`PII_KEYS lacks ${missing.join(', ')}, and data still lies under it`);
  const rotated: Record<string, number> = Object.fromEntries(ENCRYPTED_PLACES.map((place) => [place, 0]));
  for (const [index, operatorId] of operators.entries()) {
    for (;;) {
      const batch = Object.entries(await withOperator(owner, operatorId, (tx) => rotatePersonalData(tx, keys, BATCH)));
      if (batch.length === 0) break;
      for (const [place, count] of batch) rotated[place] = (rotated[place] ?? 0) + count;
      say(`operator ${index + 1} of ${operators.length}: ${batch.map(([place, n]) => `${n} ${place}`).join(', ')}`);
    }
  }
  const inUse = await inUseBy(owner, operators);
  const droppable = [...keys.keys.keys()].filter((id) => id !== keys.currentKeyId && !inUse.has(id));
  return {
    currentKeyId: keys.currentKeyId,
    operators: operators.length,
    rotated,
    inUse: Object.fromEntries(inUse),
    droppable,
  };
}

async function inUseBy(owner: Knex, operators: readonly OperatorId[]): Promise<ReadonlyMap<string, number>> {
  const total = new Map<string, number>();
  for (const operatorId of operators) {
    for (const [id, count] of await withOperator(owner, operatorId, keyIdsInUse)) {
      total.set(id, (total.get(id) ?? 0) + count);
    }
  }
  return total;
}
