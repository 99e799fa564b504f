import type { AuditEntry } from '../data/contract';
import { auditWords } from '../i18n/zh-cn/audit';

type Translate = (key: string, options?: Readonly<Record<string, unknown>>) => string;
type Entry = Pick<AuditEntry, 'action' | 'before' | 'after' | 'reason'>;

/** Every action that has a name, to choose from. */
export const ACTIONS: readonly string[] = Object.entries(auditWords.auditAction).flatMap(([subject, deeds]) =>
  Object.keys(deeds).map((deed) => `${subject}.${deed}`),
);

const MOVES: Readonly<Record<string, { readonly field: string; readonly words: string }>> = {
  'lease.status': { field: 'status', words: 'app.leaseStatus' },
  'lease.enforcement': { field: 'enforcement', words: 'app.enforcement' },
};

const fieldOf = (facts: unknown, field: string): string | undefined => {
  const value = typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** What was done, in words; of a change of state also from what to what. */
export function actionText(t: Translate, { action, before, after }: Entry): string {
  const name = t(`app.auditAction.${action}`, { _: action });
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

/** The name, code or login that the entry itself kept of its subject; undefined when it kept none. */
export const nameIn = ({
  before,
  after,
  subjectKind,
}: Pick<AuditEntry, 'before' | 'after' | 'subjectKind'>): string | undefined => {
  if (subjectKind === 'lease' || subjectKind === 'tenant') return undefined; // these are read as they are called now
  const names = [after, before].flatMap((facts) =>
    ['name', 'code', 'login', 'title', 'fileName'].map((f) => fieldOf(facts, f)),
  );
  return names.find((name) => name !== undefined);
};
