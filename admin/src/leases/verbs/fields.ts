import type { Field } from '../../components/verb-form/verb';

export const REASON: Field = { name: 'reason', kind: 'text', label: 'app.field.reason' };

export const dayField = (name: string, label: string, more: Partial<Field> = {}): Field => ({
  name,
  kind: 'day',
  label,
  ...more,
});

export const RATE: Field = {
  name: 'rate',
  sentAs: 'rateFen',
  kind: 'money',
  label: 'app.field.newRate',
  optional: true,
  help: 'app.field.emptyKeeps',
};

/** Another room has another price: it must be said. */
export const OWN_RATE: Field = {
  name: 'rate',
  sentAs: 'rateFen',
  kind: 'money',
  label: 'app.field.newRate',
  initial: (lease) => (lease.rateFen / 100).toFixed(2),
};

export const CYCLE: Field = {
  name: 'cycle',
  kind: 'select',
  label: 'app.field.cycle',
  optional: true,
  options: ['1', '2', '3', '6', '12', 'wholeTerm'].map((value) => ({ value, label: `app.cycle.${value}` })),
};
