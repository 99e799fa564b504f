import type { AuditEntry } from '../data/contract';

type Translate = (key: string, options?: Readonly<Record<string, unknown>>) => string;
type Entry = Pick<AuditEntry, 'action' | 'actionText' | 'before' | 'after' | 'reason'>;

export type Language = 'zh' | 'en';

const STATUS = { field: 'status', words: 'app.leaseStatus' };

const MOVES: Readonly<Record<string, { readonly field: string; readonly words: string }>> = {
  'lease.status': STATUS,
  'lease.approveLease': STATUS,
  'lease.rejectLease': STATUS,
  'lease.cancelLease': STATUS,
  'lease.requestCheckout': STATUS,
  'lease.enforcement': { field: 'enforcement', words: 'app.enforcement' },
};

const fieldOf = (facts: unknown, field: string): string | undefined => {
  const value = typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** What was done, in words; of a change of state also from what to what. */
export function actionText(t: Translate, language: Language, entry: Entry): string {
  const { action, before, after } = entry;
  const name = entry.actionText[language];
  const move = MOVES[action];
  if (!move) return name;
  const states = [before, after].flatMap((facts) => fieldOf(facts, move.field) ?? []);
  const moved = [...new Set(states)]; // a door that is locked again for another reason stays what it was
  return moved.length === 0 ? name : `${name}：${moved.map((s) => t(`${move.words}.${s}`, { _: s })).join(' → ')}`;
}

/** Reasons that people typed stay as they are; those of the platform itself are code words. */
export function reasonText(t: Translate, { reason }: Entry): string {
  if (!reason) return '—';
  const day = /^ends on (\d{4}-\d{2}-\d{2})$/.exec(reason)?.[1];
  return day ? t('app.audit.endsOn', { day }) : t(`app.auditReason.${reason}`, { _: reason });
}
