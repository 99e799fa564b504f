import type { z } from 'zod';
import type * as http from '../contract/http/tenants';
import { decryptPersonal, maskIdNumber, maskPhone, type PersonalDataKeys } from '../db/personal-data';
import type { StoredTenant } from '../db/queries/tenants';

const masked = (stored: string | null, keys: PersonalDataKeys, mask: (text: string) => string): string | null =>
  stored === null ? null : mask(decryptPersonal(stored, keys));

/** A tenant as every screen may show it. */
export const maskTenant = (stored: StoredTenant, keys: PersonalDataKeys): z.output<typeof http.tenant> => ({
  id: stored.id,
  name: stored.name,
  phoneMasked: masked(stored.phoneEnc, keys, maskPhone),
  idKind: stored.idKind,
  idNumberMasked: masked(stored.idNumberEnc, keys, maskIdNumber),
  activeLeases: stored.activeLeases,
});
