import type { Request } from 'express';
import type { z } from 'zod';
import { ROUTES } from '../../contract/http/routes';
import type * as http from '../../contract/http/session';
import { deleteSession, deleteSessionsOf, findStaffByLogin, hitRateLimit, type StaffLogin } from '../../db/auth';
import { decryptPersonal, encryptPersonal } from '../../db/personal-data';
import { readCredentials, setPassword, setTotpSecret } from '../../db/queries/staff';
import type { Tx } from '../../db/tx';
import { note } from '../audit';
import type { Actor } from '../auth/actor';
import { countAttempt, countFailures, forgive, knock, LIMITS, STORMS } from '../auth/attempts';
import { clearSessionCookies } from '../auth/cookies';
import { redeemCode, sendCode } from '../auth/one-time-code';
import { checkPassword, hashPassword } from '../auth/password';
import { describeSession, isSecure, openSession } from '../auth/sign-in';
import { newTotpSecret, openTicket, sealTicket, totpStep, totpUri } from '../auth/totp';
import { Refusal } from '../refusal';
import { on } from '../router';
import type { Services } from '../services';

const pairOf = (phone: string, { ip }: Request): string => JSON.stringify([phone, ip ?? '']);

const RESEND_SECONDS = 30;
const CODE_SECONDS = 300;

type Asking = {
  readonly services: Services;
  readonly actor: Actor;
  readonly tx: <T>(work: (open: Tx) => Promise<T>) => Promise<T>;
  readonly at: Date;
};

type SignIn = z.output<typeof http.signInStaffBody>;

/** A code counts once: whoever read it over a shoulder comes too late. @throws Refusal */
async function checkTotp(services: Services, staff: StaffLogin, code: string | undefined, at: Date): Promise<void> {
  if (staff.totpSecretEnc === null) return;
  if (code === undefined) throw new Refusal('TotpRequired');
  const { knex, personalDataKeys: keys } = services;
  const secret = decryptPersonal(staff.totpSecretEnc, keys);
  await countFailures({ knex, at }, LIMITS.totpPerAccount, staff.id, async () => {
    const step = totpStep(secret, code, at);
    if (step === null) throw new Refusal('BadTotp');
    const used = await hitRateLimit(knex, { key: `totp-used/${staff.id}/${step}`, at, seconds: 180, max: 1 });
    if (used > 0) throw new Refusal('BadTotp');
  });
}

/** @throws Refusal BadCredentials, the same for a login that does not exist */
async function checkCredentials({ knex }: Services, { login, password }: SignIn): Promise<StaffLogin> {
  const staff = await findStaffByLogin(knex, login);
  const right = await checkPassword(staff?.disabledAt ? undefined : staff?.passwordHash, password);
  if (!staff || !right) throw new Refusal('BadCredentials');
  return staff;
}

/** Only people have passwords and authenticators. @throws Refusal StaffOnly */
async function credentials(tx: Tx, actor: Actor) {
  const found = actor.kind === 'staff' ? await readCredentials(tx, actor.id) : undefined;
  if (!found) throw new Refusal('StaffOnly');
  return found;
}

/** Sets or takes away the authenticator; its secret stays out of the log. */
async function changeTotp(open: Tx, actor: Actor, secretEnc: string | null): Promise<void> {
  const { totpSecretEnc } = await credentials(open, actor);
  await setTotpSecret(open, actor.id, secretEnc);
  await note(open, actor, {
    action: secretEnc === null ? 'staff.removeTotp' : 'staff.enrolTotp',
    subject: { kind: 'staff', id: actor.id },
    before: { totpEnrolled: totpSecretEnc !== null },
    after: { totpEnrolled: secretEnc !== null },
  });
}

/** Whoever found an open session does not know its password. @throws Refusal */
async function confirmPassword({ services, actor, tx, at }: Asking, password: string): Promise<void> {
  const { passwordHash } = await tx((open) => credentials(open, actor));
  await countFailures({ knex: services.knex, at }, LIMITS.passwordPerAccount, actor.id, async () => {
    if (!(await checkPassword(passwordHash, password))) throw new Refusal('BadCredentials');
  });
}

export const sessionRoutes = [
  on(ROUTES.signInStaff, async ({ body, services, req, res, at }) => {
    const door = {
      ...{ who: body.login, peer: req.ip ?? '', storm: STORMS.login },
      ...{ perPeer: LIMITS.signInPerPeer, perWhoAndPeer: LIMITS.signInPerLoginAndPeer },
    };
    const staff = await knock({ knex: services.knex, at }, door, () => checkCredentials(services, body));
    await checkTotp(services, staff, body.totp, at);
    return openSession(services, { kind: 'staff', id: staff.id, operatorId: staff.operatorId }, { req, res, at });
  }),

  on(ROUTES.sendTenantCode, async ({ body, services, req, at }) => {
    const { knex } = services;
    const pair = pairOf(body.phone, req);
    await countAttempt(knex, LIMITS.codePerPeer, req.ip ?? '', at);
    await countAttempt(knex, LIMITS.codeAgainPerPhoneAndPeer, pair, at);
    await countAttempt(knex, LIMITS.codePerPhoneAndPeer, pair, at);
    await sendCode(services, body.phone, at);
    return { expiresInSeconds: CODE_SECONDS, retryAfterSeconds: RESEND_SECONDS };
  }),

  on(ROUTES.signInTenant, async ({ body, services, req, res, at }) => {
    const { phone, code, operatorId } = body;
    const door = {
      ...{ who: phone, peer: req.ip ?? '', storm: STORMS.phone },
      ...{ perPeer: LIMITS.redeemPerPeer, perWhoAndPeer: LIMITS.redeemPerPhoneAndPeer },
    };
    const redeem = () => redeemCode(services, { phone, code, operatorId }, at);
    const tenant = await knock({ knex: services.knex, at }, door, redeem);
    await forgive(services.knex, LIMITS.codePerPhoneAndPeer, pairOf(phone, req));
    return openSession(services, { kind: 'tenant', id: tenant.id, operatorId: tenant.operatorId }, { req, res, at });
  }),

  on(ROUTES.showSession, async ({ actor, services }) => describeSession(services, actor)),

  on(ROUTES.signOut, async ({ actor, services, res, tx }) => {
    const { session } = actor;
    if (session) await tx((open) => deleteSession(open, session.tokenHash));
    clearSessionCookies(res, { secure: isSecure(services) });
    return undefined;
  }),

  on(ROUTES.changePassword, async ({ actor, body, services, tx, at }) => {
    await confirmPassword({ services, actor, tx, at }, body.current);
    const next = await hashPassword(body.next);
    await tx(async (open) => {
      await setPassword(open, actor.id, next);
      await deleteSessionsOf(open, actor.id, actor.session?.tokenHash ?? '');
      // There is no before and no after: what was and what is are secrets.
      await note(open, actor, { action: 'staff.changePassword', subject: { kind: 'staff', id: actor.id } });
    });
    return { ok: true as const };
  }),

  on(ROUTES.beginTotp, async ({ actor, services, tx, at }) => {
    const { login } = await tx((open) => credentials(open, actor));
    const secret = newTotpSecret();
    const ticket = sealTicket(secret, actor.id, at, services.personalDataKeys);
    return { secret, uri: totpUri(secret, login), ticket };
  }),

  on(ROUTES.confirmTotp, async ({ actor, body, services, tx, at }) => {
    const secret = await countFailures({ knex: services.knex, at }, LIMITS.totpPerAccount, actor.id, async () => {
      const sealed = openTicket(body.ticket, actor.id, at, services.personalDataKeys);
      if (sealed === null || totpStep(sealed, body.code, at) === null) throw new Refusal('BadTotp');
      return sealed;
    });
    await tx((open) => changeTotp(open, actor, encryptPersonal(secret, services.personalDataKeys)));
    return { ok: true as const };
  }),

  on(ROUTES.removeTotp, async ({ actor, body, services, tx, at }) => {
    await confirmPassword({ services, actor, tx, at }, body.password);
    await tx((open) => changeTotp(open, actor, null));
    return { ok: true as const };
  }),
];
