import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { isProblemCode, PROBLEMS, problemType } from '../contract/errors';
import type { Problem } from '../contract/http/common';
import { Refusal } from './refusal';

const BODY_PARSER: Readonly<Record<string, Refusal>> = {
  'entity.parse.failed': new Refusal('MalformedBody'),
  'entity.too.large': new Refusal('BodyTooLarge'),
  'request.size.invalid': new Refusal('MalformedBody'),
  'encoding.unsupported': new Refusal('UnsupportedMedia'),
  'charset.unsupported': new Refusal('UnsupportedMedia'),
};

/** Constraints that a person can run into, by the name the database gives them. */
const CONSTRAINTS: Readonly<Record<string, Refusal>> = {
  no_room_twice: new Refusal('RoomTaken'),
  price_once: new Refusal('PriceOverlaps'),
  tenant_operator_id_phone_hash_key: new Refusal('PhoneTaken'),
  tenant_operator_id_id_number_hash_key: new Refusal('IdNumberTaken'),
  staff_operator_id_login_key: new Refusal('LoginTaken'),
  community_operator_id_code_key: new Refusal('NameTaken'),
  building_operator_id_community_id_code_key: new Refusal('NameTaken'),
  room_type_operator_id_community_id_code_key: new Refusal('NameTaken'),
  room_operator_id_building_id_code_key: new Refusal('NameTaken'),
};

const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0\d|08\d{3}|53300)$/;

/** Values that the database cannot read as what they should be: a schema let something through that it should have refused. */
const UNREADABLE = /^22(007|008|003|021|P02|P05)$/;

/** A compressed body (gzip, deflate, br) that does not unpack, as zlib says it; the body parser passes that on without a type of its own. */
const NOT_COMPRESSED = /^(Z_(DATA|BUF)_ERROR|Z_NEED_DICT|ERR__ERROR_FORMAT_\w+)$/;

const text = (error: unknown, key: string): string => {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : '';
};

/** Whatever was thrown, as a refusal; undefined when it is a bug. */
export function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const code = text(error, 'code');
  if (isProblemCode(code)) return new Refusal(code);
  const constraint = CONSTRAINTS[text(error, 'constraint')];
  if (constraint) return constraint;
  if (code === '23503') return new Refusal('NotFound', { detail: 'Something that the request names does not exist.' });
  if (UNREACHABLE.test(code) || text(error, 'name') === 'KnexTimeoutError') return new Refusal('DatabaseUnavailable');
  if (UNREADABLE.test(code)) return new Refusal('InvalidInput');
  if (NOT_COMPRESSED.test(code)) return new Refusal('MalformedBody');
  if (error instanceof URIError) return new Refusal('NotFound');
  return BODY_PARSER[text(error, 'type')];
}

/** How long to wait, in words, for whoever has tried too often. */
function words({ code, message, extras }: Refusal): Pick<Problem, 'title' | 'detail'> {
  const seconds = extras.retryAfter ?? 0;
  if (code !== 'TooManyRequests' || seconds === 0) return { title: PROBLEMS[code].zh, detail: message };
  const [count, zh, en] = seconds < 60 ? [seconds, '秒', 'second'] : [Math.ceil(seconds / 60), '分钟', 'minute'];
  return {
    title: `操作过于频繁，请 ${count} ${zh}后再试`,
    detail: `Too many attempts; try again in ${count} ${en}${count === 1 ? '' : 's'}.`,
  };
}

export function problemOf(refusal: Refusal, instance: string): Problem {
  const { status, retryable } = PROBLEMS[refusal.code];
  const { errors, choices } = refusal.extras;
  return {
    type: problemType(refusal.code),
    code: refusal.code,
    ...words(refusal),
    status,
    instance,
    retryable,
    ...(errors && { errors: errors.map((error) => ({ messageEn: PROBLEMS[refusal.code].en, ...error })) }),
    ...(choices && { choices }),
  };
}

function sendProblem(res: Response, refusal: Refusal): void {
  if (refusal.extras.retryAfter) res.setHeader('Retry-After', String(refusal.extras.retryAfter));
  if (refusal.code === 'NotSignedIn') res.setHeader('WWW-Authenticate', 'Bearer');
  const problem = problemOf(refusal, `urn:request:${String(res.locals.requestId)}`);
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The one place where an error becomes an answer. A bug is logged with its stack and shown without detail. */
export const problemHandler =
  (log: Logger): ErrorRequestHandler =>
  (error, _req, res, next) => {
    const refusal = asRefusal(error);
    const about = { err: error, requestId: res.locals.requestId };
    if (!refusal) log.error(about, 'request failed');
    else if (UNREADABLE.test(text(error, 'code')))
      log.warn(about, 'a schema let through what the database cannot read');
    if (res.headersSent) return next(error);
    sendProblem(res, refusal ?? new Refusal('Internal'));
  };

export const unknownPath: RequestHandler = (_req, _res, next) => next(new Refusal('NotFound'));
