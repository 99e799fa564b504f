import type { Actor } from '../../db/audit';

/** Who a workflow message says it is (`staff:<id>`, `tenant:<id>`, `token:<id>`), as the audit log names them; everything else, and a step that names nobody, is the system. */
export function actorOf(by: string | null | undefined): Actor {
  const [kind, id] = (by ?? 'system').split(':');
  if (id && (kind === 'staff' || kind === 'tenant' || kind === 'token')) return { kind, id, name: null };
  return { kind: 'system', id: null, name: null };
}
