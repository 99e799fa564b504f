import { fenOf, rowsOf, textOf } from '../../components/verb-form/values';
import type { DryRun, Field, Values, Verb, VerbCall } from '../../components/verb-form/verb';
import type { ChangeBody, Lease, PaymentCycle } from '../../data/contract';
import { newKey } from '../../data/idempotency-key';
import { CYCLE, dayField, OWN_RATE, RATE } from './fields';

export const runs = (lease: Lease): boolean => lease.status === 'effective' || lease.status === 'ending';

const cycleOf = (values: Values): PaymentCycle | undefined => {
  const text = textOf(values, 'cycle');
  return text === '' ? undefined : text === 'wholeTerm' ? text : (Number(text) as PaymentCycle);
};

/** Stores the change as proposed and shows the bills that it would add; confirming it is a second decision with its own key. */
async function propose(
  { data, lease, key, values }: VerbCall,
  change: (values: Values) => ChangeBody,
): Promise<DryRun> {
  const proposed = await data.proposeChange({ id: lease.id, key, change: change(values) });
  const confirmKey = newKey();
  return {
    amounts: [['app.dryRun.delta', proposed.deltaFen]],
    periods: { before: proposed.before, after: proposed.after },
    bills: proposed.adjustment ? [proposed.adjustment] : [],
    confirm: () => data.confirmChange({ id: lease.id, changeId: proposed.id, key: confirmKey }),
  };
}

const changeVerb = (name: string, fields: readonly Field[], change: (values: Values) => ChangeBody): Verb => ({
  name,
  permission: 'lease.change',
  offered: runs,
  fields,
  dryRun: (call) => propose(call, change),
});

const pricing = (values: Values) => {
  const rateFen = fenOf(values, 'rate');
  const cycle = cycleOf(values);
  return { ...(rateFen !== undefined && { rateFen }), ...(cycle !== undefined && { cycle }) };
};

export const renew = changeVerb(
  'renew',
  [dayField('endsOn', 'app.field.newEndsOn', { sentAs: 'newEndsOn' }), RATE, CYCLE],
  (values) => ({
    kind: 'renewal',
    newEndsOn: textOf(values, 'endsOn'),
    ...pricing(values),
  }),
);

export const amend = changeVerb('amend', [dayField('from', 'app.field.from'), RATE, CYCLE], (values) => ({
  kind: 'amendment',
  from: textOf(values, 'from'),
  ...pricing(values),
}));

export const transfer = changeVerb(
  'transfer',
  [dayField('from', 'app.field.from'), { name: 'roomId', kind: 'vacantRoom', label: 'app.field.newRoom' }, OWN_RATE],
  (values) => ({
    kind: 'transfer',
    from: textOf(values, 'from'),
    roomId: textOf(values, 'roomId'),
    rateFen: fenOf(values, 'rate') ?? 0,
  }),
);

export const suspend = changeVerb(
  'suspend',
  [
    dayField('from', 'app.field.from'),
    dayField('until', 'app.field.chargedAgain', { optional: true, help: 'app.field.emptyOpenEnd' }),
  ],
  (values) => ({
    kind: 'suspension',
    from: textOf(values, 'from'),
    until: textOf(values, 'until') || null,
  }),
);

export const resume: Verb = {
  ...changeVerb('resume', [dayField('from', 'app.field.chargedAgain')], (values) => ({
    kind: 'resumption',
    from: textOf(values, 'from'),
  })),
  offered: (lease) => runs(lease) && (lease.terms.segments.at(-1)?.suspended ?? false),
};

export const changeCoTenants = changeVerb(
  'coTenants',
  [
    {
      name: 'coTenants',
      sentAs: 'coTenantIds',
      kind: 'coTenants',
      label: 'app.lease.coTenants',
      initial: (lease) => lease.coTenants.map(({ id, name }) => ({ id, name })),
    },
  ],
  (values) => ({ kind: 'coTenants', coTenantIds: rowsOf(values, 'coTenants').map(({ id = '' }) => id) }),
);
