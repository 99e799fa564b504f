import { z } from 'zod';
import { idParams, instant, pageQuery, phone, reason, text } from './common';

export const ID_KINDS = ['residentId', 'passport', 'hkMacaoPermit', 'taiwanPermit', 'other'] as const;

/** Phone and ID number are masked (`138****8000`); the full ones come only from `unmask`, which is audited. */
export const tenant = z.object({
  id: z.string(),
  name: z.string(),
  /** null: not known (an imported tenant without phone). */
  phoneMasked: z.string().nullable(),
  idKind: z.enum(ID_KINDS).nullable(),
  idNumberMasked: z.string().nullable(),
  activeLeases: z.int(),
});
export const listTenantsQuery = z.strictObject({
  ...pageQuery,
  /** Part of the name, or a whole phone number. */
  search: text(60).optional(),
});
const idNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z()-]{5,30}$/);
export const createTenantBody = z.strictObject({
  name: text(60),
  phone,
  idKind: z.enum(ID_KINDS).nullable().default(null),
  idNumber: idNumber.nullable().default(null),
});
export const editTenantBody = z.strictObject({
  name: text(60).optional(),
  phone: phone.optional(),
  idKind: z.enum(ID_KINDS).nullable().optional(),
  idNumber: idNumber.nullable().optional(),
});
export const tenantParams = idParams('tenant');
export const unmaskBody = z.strictObject({ reason });
export const unmaskedTenant = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  idKind: z.enum(ID_KINDS).nullable(),
  idNumber: z.string().nullable(),
  unmaskedAt: instant,
});
