import type { Knex } from 'knex';
import { type OperatorId, parseId } from '../../domain/ids';

type Operator = { readonly operator_id: string; readonly name: string };

/** The operator by id or name; without one, the only one that there is. @throws RangeError with the choices */
export async function findOperator(knex: Knex, wanted: string | undefined): Promise<OperatorId> {
  const { rows } = await knex.raw<{ rows: Operator[] }>('SELECT operator_id, name FROM list_operators()');
  const matches = wanted === undefined ? rows : rows.filter((row) => row.operator_id === wanted || row.name === wanted);
  const [only] = matches;
  if (only && matches.length === 1) return parseId(only.operator_id);
  const choices = rows.map(({ operator_id, name }) => `  ${name}  ${operator_id}`).join('\n');
  throw new RangeError(`请用 --operator 指定运营商 / choose one with --operator:\n${choices}`);
}
