import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import { errorForLog } from '../db/error-for-log';

/** One JSON line per entry on standard output; of errors without what they know of a row. */
export const createLog = (level: string, to: DestinationStream = pino.destination(1)): Logger =>
  pino(
    {
      level,
      base: { process: 'api' },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => errorForLog(error) },
    },
    to,
  );

const GIVEN_ID = /^[\w-]{8,64}$/;

/**
 * Gives every request an id and logs it when it is answered: method, route and time. Never the address with its query, a body, a
 * cookie or a peer's address, which may all be somebody's personal data.
 */
export const logRequests =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && GIVEN_ID.test(given) ? given : randomUUID();
    const began = performance.now();
    res.locals.requestId = requestId;
    res.setHeader('X-Request-Id', requestId);
    res.on('finish', () => {
      const ms = Math.round(performance.now() - began);
      const route = res.locals.route as string | undefined;
      const entry = { requestId, method: req.method, route: route ?? 'other', status: res.statusCode, ms };
      log[res.statusCode >= 500 ? 'error' : route ? 'info' : 'debug'](entry, 'request');
    });
    next();
  };
