import { isFinal } from '../../../../domain/lease';
import { fenOf, textOf } from '../../components/verb-form/values';
import type { Values, Verb } from '../../components/verb-form/verb';
import { newKey } from '../../data/idempotency-key';
import { runs } from './changes';
import { dayField, REASON } from './fields';

const reason = (values: Values): string => textOf(values, 'reason');

export const confirmLock: Verb = {
  name: 'confirmLock',
  permission: 'enforcement.manage',
  offered: (lease) => lease.enforcement === 'awaitingConfirmation',
  danger: true,
  fields: [],
  run: ({ data, lease, key }) => data.confirmEnforcement({ id: lease.id, key }),
};

export const release: Verb = {
  name: 'release',
  permission: 'enforcement.manage',
  // Once a lease is over, its door is a matter of the room, not of this person.
  offered: (lease) => lease.enforcement !== 'none' && !isFinal(lease.status),
  fields: [REASON, dayField('until', 'app.field.until', { optional: true, help: 'app.field.emptyUntilPaid' })],
  run: ({ data, lease, key, values }) =>
    data.releaseEnforcement({ id: lease.id, key, reason: reason(values), until: textOf(values, 'until') || null }),
};

export const exempt: Verb = {
  name: 'exempt',
  permission: 'enforcement.manage',
  offered: runs,
  fields: [REASON, dayField('until', 'app.field.until', { optional: true, help: 'app.field.emptyOpenEnd' })],
  run: ({ data, lease, key, values }) =>
    data.grantExemption({ id: lease.id, key, reason: reason(values), until: textOf(values, 'until') || null }),
};

export const promise: Verb = {
  name: 'promise',
  permission: 'enforcement.manage',
  offered: (lease) => runs(lease) && lease.openFen > 0,
  fields: [
    { name: 'amount', sentAs: 'amountFen', kind: 'money', label: 'app.field.amount' },
    dayField('until', 'app.field.payBy'),
  ],
  run: ({ data, lease, key, values }) =>
    data.promiseInstalments({
      id: lease.id,
      key,
      body: { amountFen: fenOf(values, 'amount') ?? 0, until: textOf(values, 'until') },
    }),
};

export const waive: Verb = {
  name: 'waive',
  permission: 'fee.waive',
  offered: (lease) => runs(lease) && lease.openFen > 0,
  fields: [{ name: 'billKey', kind: 'openBill', label: 'app.field.lateFeeBill' }, REASON],
  run: ({ data, lease, key, values }) =>
    data.waiveLateFee({ id: lease.id, key, billKey: textOf(values, 'billKey'), reason: reason(values) }),
};

export const recordPayment: Verb = {
  name: 'recordPayment',
  permission: 'payment.record',
  offered: (lease) => lease.openFen > 0,
  fields: [
    {
      name: 'channel',
      kind: 'select',
      label: 'app.field.channel',
      initial: () => 'bankTransfer',
      options: ['bankTransfer', 'cash'].map((value) => ({ value, label: `app.channel.${value}` })),
    },
    {
      name: 'amount',
      sentAs: 'amountFen',
      kind: 'money',
      label: 'app.field.amount',
      initial: (lease) => (lease.openFen / 100).toFixed(2),
    },
    dayField('paidOn', 'app.field.paidOn', { sentAs: 'paidAt', optional: true, help: 'app.field.emptyNow' }),
    {
      name: 'reference',
      kind: 'text',
      label: 'app.field.reference',
      initial: () => `R-${newKey().slice(0, 8)}`,
      help: 'app.field.referenceHelp',
    },
  ],
  run: ({ data, lease, key, values }) => {
    const paidOn = textOf(values, 'paidOn');
    return data.recordPayment({
      id: lease.id,
      key,
      body: {
        channel: textOf(values, 'channel') === 'cash' ? 'cash' : 'bankTransfer',
        amountFen: fenOf(values, 'amount') ?? 0,
        // The first moment of the day in Shanghai: never later than now, unless the day itself is.
        ...(paidOn !== '' && { paidAt: `${paidOn}T00:00:00+08:00` }),
        reference: textOf(values, 'reference'),
      },
    });
  },
};
