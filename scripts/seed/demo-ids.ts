import { v5 } from 'uuid';
import { type Id, type OperatorId, parseId } from '../../domain/ids';

/** Any UUID will do: it only keeps the demo's ids apart from everybody else's. */
const NAMESPACE = '9f2d6c1e-6b5e-4b57-9d43-0c6f4b8b2a77';

/** The same name gives the same id on every machine, which is what makes the seed repeatable. */
export const demoId = <Kind extends string>(name: string): Id<Kind> => parseId<Kind>(v5(name, NAMESPACE));

export const DEMO_OPERATOR_ID: OperatorId = demoId<'operator'>('operator');
