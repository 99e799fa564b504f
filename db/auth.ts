import type { Knex } from 'knex';
import type { StaffRole } from '../contract/roles';
import type { OperatorId, StaffId, TenantId } from '../domain/ids';
import { lookUp } from './prepared';
import type { Tx } from './tx';

export type RoleGrant = { readonly role: StaffRole; readonly communityId: string | null };

/** A session with whose it is. */
export type FoundActor = {
  readonly operatorId: OperatorId;
  readonly operatorName: string;
  readonly subjectKind: 'staff' | 'tenant';
  readonly subjectId: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly totpEnrolled: boolean;
  readonly roles: readonly RoleGrant[];
  readonly csrfToken: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
};

export type FoundToken = Pick<FoundActor, 'operatorId' | 'operatorName' | 'name' | 'disabled' | 'roles'> & {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
};

async function first<Row extends object>(
  knex: Knex,
  sql: string,
  values: readonly unknown[],
): Promise<Row | undefined> {
  const [row] = await lookUp<Row>(knex, sql, values);
  return row;
}

export const findActor = (knex: Knex, tokenHash: string): Promise<FoundActor | undefined> =>
  first(
    knex,
    `SELECT operator_id AS "operatorId", operator_name AS "operatorName", subject_kind AS "subjectKind", subject_id AS "subjectId",
      name, disabled, totp_enrolled AS "totpEnrolled", roles, csrf_token AS "csrfToken", last_seen_at AS "lastSeenAt",
      expires_at AS "expiresAt" FROM find_actor($1)`,
    [tokenHash],
  );

export const findTokenActor = (knex: Knex, tokenHash: string): Promise<FoundToken | undefined> =>
  first(
    knex,
    `SELECT operator_id AS "operatorId", operator_name AS "operatorName", id, name, scopes, disabled, roles,
      expires_at AS "expiresAt" FROM find_token_actor($1)`,
    [tokenHash],
  );

export type StaffLogin = {
  readonly operatorId: OperatorId;
  readonly id: StaffId;
  readonly passwordHash: string;
  readonly totpSecretEnc: string | null;
  readonly disabledAt: string | null;
};

/** A login is one account on the whole platform (sign-up and staff creation see to that). */
export const findStaffByLogin = (knex: Knex, login: string): Promise<StaffLogin | undefined> =>
  first(
    knex,
    `SELECT operator_id AS "operatorId", id, password_hash AS "passwordHash", totp_secret_enc AS "totpSecretEnc",
      disabled_at AS "disabledAt" FROM find_staff_by_login($1)`,
    [login],
  );

export type TenantLogin = { readonly operatorId: OperatorId; readonly operatorName: string; readonly id: TenantId };

export async function findTenantsByPhone(knex: Knex, phoneHash: string): Promise<readonly TenantLogin[]> {
  return lookUp(
    knex,
    'SELECT operator_id AS "operatorId", operator_name AS "operatorName", id FROM find_tenants_by_phone_hash($1)',
    [phoneHash],
  );
}

/** Counts an attempt; 0 when it is within `max` per `seconds`, else the seconds to wait. */
export async function hitRateLimit(
  knex: Knex,
  limit: { readonly key: string; readonly at: Date; readonly seconds: number; readonly max: number },
): Promise<number> {
  const row = await first<{ wait: number }>(
    knex,
    'SELECT rate_limit_hit($1, $2::timestamptz, make_interval(secs => $3), $4) AS wait',
    [limit.key, limit.at.toISOString(), limit.seconds, limit.max],
  );
  return row?.wait ?? 0;
}

/** Takes one counted attempt off again. */
export async function giveBackAttempt(knex: Knex, key: string): Promise<void> {
  await lookUp(knex, 'SELECT rate_limit_give_back($1)', [key]);
}

/** Ends a count of attempts. */
export async function clearAttempts(knex: Knex, key: string): Promise<void> {
  await lookUp(knex, 'SELECT rate_limit_clear($1)', [key]);
}

/** False when the phone has had `maxPerHour` codes within the hour. */
export async function issueOtp(
  knex: Knex,
  otp: { readonly phoneHash: string; readonly codeHash: string; readonly at: Date; readonly maxPerHour: number },
): Promise<boolean> {
  const row = await first<{ ok: boolean }>(
    knex,
    `SELECT otp_issue($1, $2, $3::timestamptz, interval '5 minutes', $4) AS ok`,
    [otp.phoneHash, otp.codeHash, otp.at.toISOString(), otp.maxPerHour],
  );
  return row?.ok ?? false;
}

/** Uses the newest code up; twenty wrong tries, from wherever, end it (each peer has fewer). */
export async function redeemOtp(
  knex: Knex,
  otp: { readonly phoneHash: string; readonly codeHash: string; readonly at: Date },
): Promise<boolean> {
  const row = await first<{ ok: boolean }>(knex, 'SELECT otp_redeem($1, $2, $3::timestamptz, 20) AS ok', [
    otp.phoneHash,
    otp.codeHash,
    otp.at.toISOString(),
  ]);
  return row?.ok ?? false;
}

export type NewSession = {
  readonly tokenHash: string;
  readonly subjectKind: 'staff' | 'tenant';
  readonly subjectId: string;
  readonly csrfToken: string;
  readonly at: Date;
  readonly expiresAt: Date;
  readonly userAgent: string;
};

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.query('DELETE FROM session WHERE expires_at < $1', [session.at]);
  await tx.query(
    `INSERT INTO session (operator_id, token_hash, subject_kind, subject_id, csrf_token, created_at, last_seen_at, expires_at, user_agent)
      VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [
      tx.operatorId,
      session.tokenHash,
      session.subjectKind,
      session.subjectId,
      session.csrfToken,
      session.at,
      session.expiresAt,
      session.userAgent.slice(0, 200),
    ],
  );
}

export async function touchSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
  await tx.query('UPDATE session SET last_seen_at = $2 WHERE token_hash = $1', [tokenHash, at]);
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.query('DELETE FROM session WHERE token_hash = $1', [tokenHash]);
}

/** Signs a person out everywhere but in the session `exceptTokenHash`. */
export async function deleteSessionsOf(tx: Tx, subjectId: string, exceptTokenHash: string): Promise<void> {
  await tx.query('DELETE FROM session WHERE subject_id = $1 AND token_hash <> $2', [subjectId, exceptTokenHash]);
}
