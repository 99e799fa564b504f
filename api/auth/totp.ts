import { Secret, TOTP } from 'otpauth';
import { decryptPersonal, encryptPersonal, type PersonalDataKeys } from '../../db/personal-data';

const ISSUER = '智慧公寓';
const PERIOD = 30;

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret: Secret.fromBase32(secret) });

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads from a QR code. */
export const totpUri = (secret: string, login: string): string => totpOf(secret, login).toString();

/** The code's time step when it is right, one step early or late allowed; null when it is wrong. */
export function totpStep(secret: string, code: string, at: Date): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD) + delta;
}

const TICKET_MS = 15 * 60_000;

/** An enrolment that has begun, sealed for the account that began it: any process can finish it, and nothing is stored before. */
export const sealTicket = (secret: string, accountId: string, at: Date, keys: PersonalDataKeys): string =>
  encryptPersonal([accountId, at.getTime(), secret].join(' '), keys);

/** The secret in a ticket; null when it is another account's, too old, or none of ours. */
export function openTicket(ticket: string, accountId: string, at: Date, keys: PersonalDataKeys): string | null {
  try {
    const [owner, begun, secret] = decryptPersonal(ticket, keys).split(' ');
    return owner === accountId && at.getTime() - Number(begun) < TICKET_MS ? (secret ?? null) : null;
  } catch {
    return null;
  }
}
