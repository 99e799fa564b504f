import type { z } from 'zod';
import type { auditEntry } from '../../contract/http/work';
import type { Tx } from '../tx';
import { keyset, type ListPage } from './paging';

export type AuditRow = Omit<z.output<typeof auditEntry>, 'actionText'>;

type Subject = { readonly kind: string; readonly id: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What people call a thing, by its kind; `s.id` is its id. Entries keep ids only, since names change. */
const NAMES: Readonly<Record<string, string>> = {
  lease: `SELECT l.number || ' · ' || g.name || ' ' || r.code FROM lease l
    JOIN room r ON r.operator_id = l.operator_id AND r.id = l.room_id
    JOIN building g ON g.operator_id = r.operator_id AND g.id = r.building_id WHERE l.id = s.id`,
  payment: `SELECT l.number || ' · ' || p.provider_number FROM payment p
    JOIN lease l ON l.operator_id = p.operator_id AND l.id = p.lease_id WHERE p.id = s.id`,
  room: `SELECT g.name || ' ' || r.code FROM room r
    JOIN building g ON g.operator_id = r.operator_id AND g.id = r.building_id WHERE r.id = s.id`,
  price: `SELECT coalesce(g.name || ' ' || r.code, t.name) FROM price p
    LEFT JOIN room r ON r.operator_id = p.operator_id AND r.id = p.room_id
    LEFT JOIN building g ON g.operator_id = r.operator_id AND g.id = r.building_id
    LEFT JOIN room_type t ON t.operator_id = p.operator_id AND t.id = p.room_type_id WHERE p.id = s.id`,
  tenant: 'SELECT name FROM tenant WHERE id = s.id',
  staff: 'SELECT name FROM staff WHERE id = s.id',
  token: 'SELECT name FROM api_token WHERE id = s.id',
  community: 'SELECT name FROM community WHERE id = s.id',
  building: 'SELECT name FROM building WHERE id = s.id',
  roomType: 'SELECT name FROM room_type WHERE id = s.id',
  workOrder: 'SELECT title FROM work_order WHERE id = s.id',
  operator: 'SELECT name FROM operator WHERE operator_id = s.id',
  importRun: 'SELECT file_name FROM import_run WHERE id = s.id',
};

const CASES = Object.entries(NAMES)
  .map(([kind, sql]) => `WHEN '${kind}' THEN (${sql})`)
  .join(' ');

const keyOf = ({ kind, id }: Subject): string => `${kind}/${id}`;

async function namesOf(tx: Tx, things: readonly Subject[]): Promise<ReadonlyMap<string, string | null>> {
  const known = [...new Map(things.filter(({ id }) => UUID.test(id)).map((thing) => [keyOf(thing), thing])).values()];
  const rows = await tx.query<Subject & { readonly name: string | null }>(
    `SELECT s.kind, s.id, CASE s.kind ${CASES} END AS name FROM unnest($1::text[], $2::uuid[]) AS s(kind, id)`,
    [known.map(({ kind }) => kind), known.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [keyOf(row), row.name]));
}

/** Newest first, with the names that people and things have today. */
export async function listAudit(
  tx: Tx,
  filter: { readonly subjectId?: string | undefined; readonly action?: string | undefined },
  page: ListPage,
): Promise<AuditRow[]> {
  const rows = await tx.run<Omit<AuditRow, 'subjectName'>>((knex) =>
    knex('audit_log')
      .select('id', 'at', 'action', 'reason', 'before', 'after', {
        actorKind: 'actor_kind',
        actorId: 'actor_id',
        actorName: 'actor_name',
        subjectKind: 'subject_kind',
        subjectId: 'subject_id',
      })
      .modify((query) => {
        if (filter.subjectId) query.where({ subject_id: filter.subjectId });
        if (filter.action) query.where({ action: filter.action });
      })
      .modify(keyset(knex, ['id'], page, 'desc')),
  );
  const subjectOf = (row: (typeof rows)[number]) => ({ kind: row.subjectKind, id: row.subjectId ?? '' });
  const actorOf = (row: (typeof rows)[number]) => ({ kind: row.actorKind, id: row.actorId ?? '' });
  const names = await namesOf(tx, [...rows.map(subjectOf), ...rows.map(actorOf)]);
  return rows.map((row) => ({
    ...row,
    actorName: row.actorName ?? names.get(keyOf(actorOf(row))) ?? null,
    subjectName: names.get(keyOf(subjectOf(row))) ?? null,
  }));
}
