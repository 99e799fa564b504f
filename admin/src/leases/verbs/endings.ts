import { rowsOf, textOf } from '../../components/verb-form/values';
import type { DryRun, Values, Verb, VerbCall } from '../../components/verb-form/verb';
import { parseYuan } from '../../components/yuan';
import type { TerminationBody } from '../../data/contract';
import { newKey } from '../../data/idempotency-key';
import { runs } from './changes';
import { dayField, REASON } from './fields';

const terminationOf = (values: Values): TerminationBody => ({
  lastDay: textOf(values, 'lastDay'),
  reason: textOf(values, 'reason'),
});

async function quoteTermination({ data, lease, key, values }: VerbCall): Promise<DryRun> {
  const body = terminationOf(values);
  const quote = await data.quoteTermination({ id: lease.id, key, body });
  const confirmKey = newKey();
  return {
    amounts: [
      ['app.termination.adjustment', quote.adjustment?.totalFen ?? 0],
      ['app.termination.upcoming', quote.upcoming.reduce((sum, { totalFen }) => sum + totalFen, 0)],
      ['app.termination.penalty', quote.penalty?.totalFen ?? 0],
      ['app.termination.open', quote.openFen],
      ['app.termination.deposit', quote.depositFen],
      ['app.termination.prepayment', quote.prepaymentFen],
      ['app.termination.refund', quote.estimateFen],
    ],
    bills: [quote.adjustment, ...quote.upcoming, quote.penalty].filter((bill) => bill !== null),
    confirm: () => data.terminateLease({ id: lease.id, key: confirmKey, body }),
  };
}

export const terminate: Verb = {
  name: 'terminate',
  permission: 'lease.end',
  offered: runs,
  danger: true,
  fields: [dayField('lastDay', 'app.field.lastDay'), REASON],
  dryRun: quoteTermination,
};

export const checkout: Verb = {
  name: 'checkout',
  permission: 'lease.end',
  offered: runs,
  fields: [dayField('on', 'app.field.moveOutOn', { initial: (lease) => lease.endsOn })],
  run: ({ data, lease, key, values }) => data.requestCheckout({ id: lease.id, key, on: textOf(values, 'on') }),
};

export const inspect: Verb = {
  name: 'inspect',
  permission: 'lease.inspect',
  offered: (lease) => lease.status === 'checkingOut',
  fields: [
    {
      name: 'damages',
      kind: 'rows',
      label: 'app.field.damages',
      optional: true,
      columns: [
        { name: 'text', kind: 'text', label: 'app.field.damage' },
        { name: 'amount', sentAs: 'amountFen', kind: 'money', label: 'app.field.amount' },
      ],
    },
  ],
  run: ({ data, lease, key, values }) => {
    const damages = rowsOf(values, 'damages').map((row) => ({
      text: row.text ?? '',
      amountFen: parseYuan(row.amount ?? '') ?? 0,
    }));
    return data.recordInspection({ id: lease.id, key, body: { damages } });
  },
};

export const evict: Verb = {
  name: 'evict',
  permission: 'lease.end',
  offered: (lease) => runs(lease) && lease.overdueFen > 0,
  danger: true,
  fields: [dayField('moveOutOn', 'app.field.lastDay'), REASON],
  run: ({ data, lease, key, values }) =>
    data.evictLease({ id: lease.id, key, moveOutOn: textOf(values, 'moveOutOn'), reason: textOf(values, 'reason') }),
};
