import { z } from 'zod';
import { PERMISSIONS, ROLES, STAFF_ROLES } from '../roles';
import { id, idParams, instant, pageQuery, phone, text } from './common';

export const password = z.string().min(10).max(200);
const totpCode = z.string().regex(/^\d{6}$/);
export const login = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(120)
  .regex(/^[^\s\p{Cc}\p{Cs}]+$/u);

export const signInStaffBody = z.strictObject({
  login: login,
  password: z.string().min(1).max(200),
  /** Asked for (`TotpRequired`) only when the account has enrolled. */
  totp: totpCode.optional(),
});

export const sendCodeBody = z.strictObject({ phone });
export const sendCodeReply = z.object({ expiresInSeconds: z.int(), retryAfterSeconds: z.int() });

export const signInTenantBody = z.strictObject({
  phone,
  code: totpCode,
  /** Needed when the phone rents from several operators (`OperatorChoiceNeeded` lists them). */
  operatorId: id('operator').optional(),
});

const roleGrant = z.object({ role: z.enum(ROLES), communityId: z.string().nullable() });

/** Who is signed in. Send `csrfToken` as `X-CSRF-Token` with everything but GET. */
export const sessionReply = z.object({
  kind: z.enum(['staff', 'tenant', 'token']),
  id: z.string(),
  name: z.string(),
  operator: z.object({ id: z.string(), name: z.string() }),
  roles: z.array(roleGrant),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** null: all communities of the operator. */
  communityIds: z.array(z.string()).nullable(),
  csrfToken: z.string().nullable(),
  totpEnrolled: z.boolean(),
  /** Whether this installation lets a lease travel in time (demo). */
  timeTravel: z.boolean(),
  expiresAt: instant.nullable(),
});

/** `ticket` comes back with the first code: nothing is stored before it was shown that the app counts right. */
export const beginTotpReply = z.object({ secret: z.string(), uri: z.string(), ticket: z.string() });
export const confirmTotpBody = z.strictObject({ ticket: z.string().max(400), code: totpCode });
export const removeTotpBody = z.strictObject({ password: z.string().min(1).max(200) });
export const changePasswordBody = z.strictObject({ current: z.string().min(1).max(200), next: password });

const staffGrant = z.strictObject({ role: z.enum(STAFF_ROLES), communityId: id('community').nullable() });

export const staffMember = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  totpEnrolled: z.boolean(),
  roles: z.array(roleGrant),
});
export const staffQuery = z.strictObject({ ...pageQuery });
export const createStaffBody = z.strictObject({
  login: login,
  name: text(60),
  password,
  roles: z.array(staffGrant).min(1).max(50),
});
export const editStaffBody = z.strictObject({
  name: text(60).optional(),
  roles: z.array(staffGrant).min(1).max(50).optional(),
  disabled: z.boolean().optional(),
});
export const staffParams = idParams('staff');

export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(PERMISSIONS)),
  createdAt: instant,
  expiresAt: instant.nullable(),
});
export const createTokenBody = z.strictObject({
  name: text(60),
  scopes: z.array(z.enum(PERMISSIONS)).min(1),
  days: z.int().min(1).max(730).default(365),
});
/** `token` is shown this once; only its hash is kept. */
export const createdToken = apiToken.extend({ token: z.string() });
export const tokenParams = idParams('apiToken');
