import type { Permission } from '../../../../contract/roles';
import type { Change, DraftBill, Lease } from '../../data/contract';
import type { ApartmentDataProvider } from '../../data/data-provider';

/** What a person typed, by field name: text as typed, or rows of it. */
export type Values = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>;

export type Column = {
  readonly name: string;
  /** The property of the body that it becomes, when that has another name: what the API says of it belongs here. */
  readonly sentAs?: string;
  readonly kind: 'text' | 'day' | 'money';
  readonly label: string;
};

export type Field = {
  readonly name: string;
  /** As of a column. */
  readonly sentAs?: string;
  readonly kind: 'text' | 'day' | 'money' | 'select' | 'vacantRoom' | 'openBill' | 'coTenants' | 'rows';
  /** Message key. */
  readonly label: string;
  readonly optional?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly columns?: readonly Column[];
  readonly initial?: (lease: Lease) => Values[string];
  readonly help?: string;
};

type Period = Change['before'][number];

/** What a decision would do, shown before it can be confirmed. */
export type DryRun = {
  readonly amounts: readonly (readonly [label: string, fen: number])[];
  /** What each period costs as it stands and as it would be. */
  readonly periods?: { readonly before: readonly Period[]; readonly after: readonly Period[] };
  readonly bills: readonly DraftBill[];
  readonly confirm: () => Promise<unknown>;
};

export type VerbCall = {
  readonly data: ApartmentDataProvider;
  readonly lease: Lease;
  readonly values: Values;
  readonly key: string;
};

/** One business verb on a lease as data: who sees it, what it asks, what it calls. `name` is its message key under `app.verb`. */
export type Verb = {
  readonly name: string;
  readonly permission: Permission;
  readonly offered: (lease: Lease) => boolean;
  readonly fields: readonly Field[];
  readonly danger?: boolean;
} & (
  | { readonly run: (call: VerbCall) => Promise<unknown>; readonly dryRun?: never }
  | { readonly dryRun: (call: VerbCall) => Promise<DryRun>; readonly run?: never }
);
