import type { LeaseState } from '../../contract/temporal/lease-state';
import type { LocalDate } from '../../domain/calendar';
import { formatYuan } from '../../domain/format';
import { segmentOn } from '../../domain/segment-on';
import type { AgendaItem } from './agenda';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** `2026-12-05 10:00`; China knows no summer time. Plain arithmetic: a workflow needs no tables of time zones. */
const shanghaiTime = (at: number): string =>
  new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');

/** One screen of Markdown for ops in the Temporal UI: where the lease stands and what it waits for. No personal data. */
export function describeLease(state: LeaseState, next: AgendaItem | null, today: LocalDate): string {
  const { terms, open, policy } = state;
  const { rateFen, basis, cycle } = segmentOn(terms, today);
  const bills = open.map(({ key, dueOn, openFen }) => `| ${key} | ${dueOn} | ${formatYuan(openFen)} |`);
  return [
    `### ${state.room.no}: ${state.status}`,
    `${terms.startsOn} to ${terms.endsOn}, ${formatYuan(rateFen)} ${basis}, cycle ${cycle}, billed until ${state.billedUntil ?? 'nothing yet'}`,
    `Enforcement: **${state.enforcement}** (${policy.enforcement.mode}). Credit: ${formatYuan(state.prepaymentFen)}.`,
    next ? `Next: **${next.task}** at ${shanghaiTime(next.at)} (Asia/Shanghai)` : 'Waits for a person or a payment.',
    open.length > 0 ? `\n| open bill | due | open |\n|---|---|---|\n${bills.join('\n')}` : 'Nothing is open.',
  ]
    .join('\n\n')
    .replaceAll('|\n\n|', '|\n|');
}
