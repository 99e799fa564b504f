import { randomUUID } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { RouteSpec } from '../contract/http/route';
import { readAsOperator, withOperator } from '../db/tx';
import { type Actor, type Scope, scopeOf } from './auth/actor';
import { checkCsrf, identify } from './auth/identify';
import type { BoundRoute, Bytes, Call } from './call';
import { etagOf, isKnown, requireMatch } from './etag';
import { fieldErrors } from './field-error';
import { commandIdOf, hashRequest, idFrom, once, readKey } from './idempotency';
import { Refusal } from './refusal';
import type { Services } from './services';

export { on } from './call';

const BODY_LIMIT = '256kb';

type Admitted = { readonly actor: Actor | undefined; readonly scope: Scope };

/** Who may pass. The default answer is no: only a rule that is met leads out of here without a refusal. */
async function admit(spec: RouteSpec, services: Services, req: Request, at: Date): Promise<Admitted> {
  if (spec.rule === 'public' || spec.rule === 'providerSignature') return { actor: undefined, scope: [] };
  const actor = await identify(services.knex, req, at.getTime());
  if (!actor) throw new Refusal('NotSignedIn');
  checkCsrf(req, actor);
  if (spec.rule === 'signedIn') return { actor, scope: [] };
  const scope = scopeOf(actor, spec.rule);
  if (scope === undefined) throw new Refusal('Forbidden');
  return { actor, scope };
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal('InvalidInput', { errors: fieldErrors(result.error) });
}

function makeCall(
  spec: RouteSpec,
  services: Services,
  { actor, scope }: Admitted,
  [req, res]: [Request, Response],
): Call {
  const key = (spec.idempotency && readKey(req, spec.idempotency)) ?? randomUUID();
  return {
    params: parse(spec.params, req.params),
    query: parse(spec.query, req.query),
    body: parse(spec.body, req.body ?? (spec.body ? {} : undefined)),
    actor,
    scope,
    services,
    req,
    res,
    at: res.locals.at as Date,
    tx: (work) => {
      if (!actor) throw new Error(`${spec.name} has no operator to open a transaction for`);
      return (spec.method === 'GET' && !spec.audited ? readAsOperator : withOperator)(
        services.knex,
        actor.operatorId,
        work,
      );
    },
    key,
    commandId: commandIdOf(actor, spec.name, key),
    businessId: (kind) => {
      const seed = [kind, actor?.operatorId ?? '', actor?.id ?? '', spec.name, key];
      return idFrom(seed, (res.locals.since ?? res.locals.at) as Date);
    },
    requireMatch: (current) => {
      requireMatch(req, current);
      res.locals.matched = true;
    },
  } as Call;
}

async function answer({ spec, handle }: BoundRoute, call: Call): Promise<void> {
  const { req, res, services } = call;
  const status = spec.status ?? 200;
  const run = async (since?: Date) => {
    res.locals.since = since;
    const body = await handle(call);
    // A route that promises to guard its edits and forgets to is a bug, found by the first test that edits.
    if (spec.etag === 'need' && !res.locals.matched) throw new Error(`${spec.name} did not check If-Match`);
    if (services.checkReplies && spec.reply) spec.reply.parse(body);
    return { status, body };
  };
  const idempotent = spec.idempotency && req.headers['idempotency-key'] !== undefined && call.actor;
  const { knex, personalDataKeys } = services;
  const requestHash = () => hashRequest(req, personalDataKeys.indexKey);
  const result = idempotent
    ? await once({ knex, actor: idempotent, key: call.key, requestHash: requestHash() }, run)
    : await run();
  send(spec, call, result);
}

function send(spec: RouteSpec, { req, res }: Call, { status, body }: { status: number; body: unknown }): void {
  res.status(status);
  if (status >= 400) return void res.type('application/problem+json').send(JSON.stringify(body));
  if (spec.bytes) {
    const { bytes, fileName, ...other } = body as Bytes;
    if (other.status !== undefined) res.status(other.status);
    res.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
    return void res.type(other.type ?? spec.bytes).send(bytes);
  }
  if (!spec.reply) return void res.end();
  if (spec.etag && body !== null && typeof body === 'object') {
    const etag = etagOf(body);
    res.setHeader('ETag', etag);
    if (req.method === 'GET' && isKnown(req, etag)) return void res.status(304).end();
  }
  res.json(body);
}

/** First layer of every route: whoever may not pass is turned away before anything of the request is read. */
const guardOf = (spec: RouteSpec, services: Services): RequestHandler =>
  async function guard(req, res, next) {
    const at = new Date();
    Object.assign(res.locals, { at, route: `${spec.method} ${spec.path}` });
    res.setHeader('Cache-Control', 'no-store');
    res.locals.admitted = await admit(spec, services, req, at);
    next();
  };

const serve =
  (bound: BoundRoute, services: Services): RequestHandler =>
  (req, res) =>
    answer(bound, makeCall(bound.spec, services, res.locals.admitted as Admitted, [req, res]));

const wantJson: RequestHandler = (req, _res, next) => {
  if (req.headers['content-length'] === '0' || (!req.headers['content-length'] && !req.headers['transfer-encoding']))
    return next();
  next(req.is('application/json') ? undefined : new Refusal('UnsupportedMedia'));
};

/** One Express layer per route, each with the rule that its specification names. */
export function mountRoutes(bound: readonly BoundRoute[], services: Services): Router {
  const router = express.Router();
  const json = express.json({ limit: BODY_LIMIT });
  for (const route of bound) {
    const { method, path, rawBody, bodyLimit } = route.spec;
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const body = rawBody || method === 'GET' ? [] : [wantJson, bodyLimit ? express.json({ limit: bodyLimit }) : json];
    router[verb](path.replace(/\{(\w+)\}/g, ':$1'), guardOf(route.spec, services), ...body, serve(route, services));
  }
  return router;
}
