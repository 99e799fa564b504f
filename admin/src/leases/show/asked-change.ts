import type { Change } from '../../data/contract';

/** One thing that a change was asked for, as it was sent; `label` is a message key. */
export type AskedFact =
  | { readonly kind: 'day'; readonly label: string; readonly day: string }
  | { readonly kind: 'openEnd'; readonly label: string }
  | { readonly kind: 'money'; readonly label: string; readonly fen: number }
  | { readonly kind: 'cycle'; readonly label: string; readonly cycle: string }
  | { readonly kind: 'room'; readonly label: string; readonly roomId: string }
  | { readonly kind: 'people'; readonly label: string; readonly ids: readonly string[] }
  | { readonly kind: 'escalation'; readonly label: string; readonly escalation: Escalation }
  | { readonly kind: 'fees'; readonly label: string; readonly fees: readonly Fee[] };

type Segment = Change['terms']['segments'][number];
export type Escalation = Segment['escalation'];
export type Fee = Segment['fees'][number];

type Asked = Pick<Change, 'kind' | 'asked'>;

const day =
  (label: string) =>
  (value: unknown): AskedFact =>
    value === null ? { kind: 'openEnd', label } : { kind: 'day', label, day: String(value) };

const money =
  (label: string) =>
  (value: unknown): AskedFact => ({ kind: 'money', label, fen: Number(value) });

/** Every property that a change can name, in the order in which people read it. A new one is shown by nobody until it stands here; a test says so. */
const FACTS: Readonly<Record<string, (value: unknown) => AskedFact>> = {
  from: day('app.field.from'),
  newEndsOn: day('app.field.newEndsOn'),
  endsOn: day('app.field.lastDay'),
  until: day('app.field.chargedAgain'),
  roomId: (value) => ({ kind: 'room', label: 'app.field.newRoom', roomId: String(value) }),
  rateFen: money('app.change.rate'),
  cycle: (value) => ({ kind: 'cycle', label: 'app.field.cycle', cycle: String(value) }),
  escalation: (value) => ({ kind: 'escalation', label: 'app.change.escalation', escalation: value as Escalation }),
  fees: (value) => ({ kind: 'fees', label: 'app.change.fees', fees: value as readonly Fee[] }),
  depositFen: money('app.change.deposit'),
  coTenantIds: (value) => ({ kind: 'people', label: 'app.lease.coTenants', ids: value as readonly string[] }),
};

/** What was asked for, property by property; what is not named stays as it was. */
export const askedFacts = ({ asked }: Asked): AskedFact[] =>
  Object.entries(FACTS).flatMap(([name, fact]) => (asked[name] === undefined ? [] : [fact(asked[name])]));

export const ASKED_NAMES = Object.keys(FACTS);

/** The first day on which the change holds; undefined: at once. */
export function beginsOn({ kind, asked, terms }: Asked & Pick<Change, 'terms'>): string | undefined {
  if (typeof asked.from === 'string') return asked.from;
  return kind === 'renewal' ? terms.segments.findLast(({ reason }) => reason === 'renewal')?.from : undefined;
}

/** Message key of how far the change is. What was agreed for a later day is not carried out yet. */
export function statusKey(change: Asked & Pick<Change, 'terms' | 'status'>, today: string): string {
  const begins = beginsOn(change);
  const waits = change.status === 'applied' && begins !== undefined && begins > today;
  return waits ? 'app.change.agreedFrom' : `app.changeStatus.${change.status}`;
}
