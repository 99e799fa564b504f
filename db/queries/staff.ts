import type { z } from 'zod';
import type * as http from '../../contract/http/session';
import type { StaffRole } from '../../contract/roles';
import type { StaffId } from '../../domain/ids';
import type { Tx } from '../tx';
import { keyset, type ListPage } from './paging';

type StaffMember = z.output<typeof http.staffMember>;
type ApiToken = z.output<typeof http.apiToken>;
type Grant = { readonly role: StaffRole; readonly communityId: string | null };

const STAFF = (knex: import('knex').Knex) => ({
  id: 'id',
  login: 'login',
  name: 'name',
  disabled: knex.raw('disabled_at IS NOT NULL'),
  totpEnrolled: knex.raw('totp_secret_enc IS NOT NULL'),
  roles: knex.raw(`(SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'communityId', r.community_id)
    ORDER BY r.role, r.community_id), '[]') FROM staff_role r WHERE r.staff_id = staff.id)`),
});

export const listStaff = (tx: Tx, page: ListPage): Promise<StaffMember[]> =>
  tx.run((knex) =>
    knex('staff')
      .select(STAFF(knex))
      .modify(keyset(knex, ['login'], page)),
  );

export async function findStaff(tx: Tx, id: StaffId): Promise<StaffMember | undefined> {
  const [row] = await tx.run<StaffMember>((knex) => knex('staff').select(STAFF(knex)).where({ id }));
  return row;
}

/**
 * Makes an account. A login is one account on the whole platform: two people who want the same one queue at the lock, and the second
 * finds it taken. False: taken.
 */
export async function insertStaff(
  tx: Tx,
  staff: { readonly id: StaffId; readonly login: string; readonly name: string; readonly passwordHash: string },
): Promise<boolean> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('login/' || $1, 4))`, [staff.login]);
  const taken = await tx.query('SELECT id FROM find_staff_by_login($1) WHERE id <> $2', [staff.login, staff.id]);
  if (taken.length > 0) return false;
  await tx.query(
    `INSERT INTO staff (operator_id, id, login, name, password_hash) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (operator_id, id) DO NOTHING`,
    [tx.operatorId, staff.id, staff.login, staff.name, staff.passwordHash],
  );
  return true;
}

export async function replaceRoles(tx: Tx, staffId: StaffId, roles: readonly Grant[]): Promise<void> {
  await tx.query('DELETE FROM staff_role WHERE staff_id = $1', [staffId]);
  await tx.query(
    `INSERT INTO staff_role (operator_id, staff_id, role, community_id)
      SELECT $1, $2, role, "communityId" FROM jsonb_to_recordset($3::jsonb) AS g(role text, "communityId" uuid)
      ON CONFLICT DO NOTHING`,
    [tx.operatorId, staffId, JSON.stringify(roles)],
  );
}

export async function updateStaff(
  tx: Tx,
  id: StaffId,
  { name, disabled }: { readonly name: string; readonly disabled: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE staff SET name = $2, disabled_at = CASE WHEN $3 THEN coalesce(disabled_at, now()) END WHERE id = $1`,
    [id, name, disabled],
  );
}

/** Administrators of the whole operator who can still sign in. */
export async function countAdministrators(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(DISTINCT s.id) AS count FROM staff s JOIN staff_role r ON r.operator_id = s.operator_id AND r.staff_id = s.id
      WHERE r.role = 'operatorAdmin' AND r.community_id IS NULL AND s.disabled_at IS NULL`,
  );
  return row?.count ?? 0;
}

export async function readCredentials(
  tx: Tx,
  id: string,
): Promise<
  { readonly login: string; readonly passwordHash: string; readonly totpSecretEnc: string | null } | undefined
> {
  const [row] = await tx.query<{ login: string; passwordHash: string; totpSecretEnc: string | null }>(
    `SELECT login, password_hash AS "passwordHash", totp_secret_enc AS "totpSecretEnc" FROM staff WHERE id = $1`,
    [id],
  );
  return row;
}

export async function setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.query('UPDATE staff SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
}

export async function setTotpSecret(tx: Tx, id: string, secretEnc: string | null): Promise<void> {
  await tx.query('UPDATE staff SET totp_secret_enc = $2 WHERE id = $1', [id, secretEnc]);
}

const TOKEN = { id: 'id', name: 'name', scopes: 'scopes', createdAt: 'created_at', expiresAt: 'expires_at' } as const;

export const listTokens = (tx: Tx, page: ListPage): Promise<ApiToken[]> =>
  tx.run((knex) =>
    knex('api_token')
      .select(TOKEN)
      .whereNull('revoked_at')
      .modify(keyset(knex, ['created_at', 'id'], page, 'desc')),
  );

export async function insertToken(
  tx: Tx,
  token: ApiToken & { readonly tokenHash: string; readonly createdBy: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO api_token (operator_id, id, token_hash, name, scopes, created_by, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.operatorId,
      token.id,
      token.tokenHash,
      token.name,
      token.scopes,
      token.createdBy,
      token.createdAt,
      token.expiresAt,
    ],
  );
}

/** The token that was revoked; undefined when there is no such token that still works. */
export async function revokeToken(tx: Tx, id: string, at: Date): Promise<ApiToken | undefined> {
  const [token] = await tx.query<ApiToken>(
    `UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL
      RETURNING id, name, scopes, created_at AS "createdAt", expires_at AS "expiresAt"`,
    [id, at],
  );
  return token;
}
