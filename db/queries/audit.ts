import type { z } from 'zod';
import type { auditEntry } from '../../contract/http/work';
import type { Tx } from '../tx';
import { keyset, type ListPage } from './paging';

type AuditEntry = z.output<typeof auditEntry>;

/** Newest first. */
export const listAudit = (
  tx: Tx,
  filter: { readonly subjectId?: string | undefined; readonly action?: string | undefined },
  page: ListPage,
): Promise<AuditEntry[]> =>
  tx.run((knex) =>
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
