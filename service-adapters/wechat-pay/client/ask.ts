import type { z } from 'zod';
import type { Answer } from '../../payment-provider';
import { parseJson, WireError } from '../wire';
import type { Call, Exchange, Reply } from './exchange';
import type { PlatformKeys } from './platform-keys';
import type { ProviderClock } from './provider-clock';
import { isFresh, isSignedBy, signedMessage } from './signed-message';

/** Sends a call and answers what the provider vouches for. */
export type Ask = <T>(call: Call, schema: z.ZodType<T>) => Promise<Answer<T>>;

export type AskOptions = {
  readonly exchange: Exchange;
  readonly keys: PlatformKeys;
  readonly clock: ProviderClock;
  readonly believeUnsignedRefusals: boolean;
};

/**
 * Codes that leave open what happened, whatever their status. `SIGN_ERROR` is about our key or clock, not about the order: once that is
 * mended, the same request succeeds.
 */
const OPEN_CODES: ReadonlySet<string> = new Set([
  'SYSTEM_ERROR',
  'BANK_ERROR',
  'FREQUENCY_LIMITED',
  'RATELIMIT_EXCEEDED',
  'USERPAYING',
  'ACCEPT',
  'STATEMENT_CREATING',
  'SIGN_ERROR',
]);

type Told = z.infer<typeof WireError>;

const errorOf = (body: string): Told => WireError.safeParse(parseJson(body)).data ?? { code: '', message: '' };

export function createAsk({ exchange, keys, clock, believeUnsignedRefusals }: AskOptions): Ask {
  /** Why the reply is not the provider's word; undefined when it is. */
  async function distrust({ headers, body }: Reply): Promise<string | undefined> {
    const message = signedMessage((name) => headers.get(name) ?? undefined, body);
    if (message === undefined) return 'no signature';
    if (!isFresh(message, clock.now())) return 'stale signature';
    const key = await keys.fetch(message.serial);
    if (key === undefined) return `unknown serial ${message.serial}`;
    return isSignedBy(message, key) ? undefined : 'wrong signature';
  }

  async function patientExchange(call: Call) {
    const reply = await exchange(call);
    const refusedForTime = 'status' in reply && reply.status === 401 && clock.learn(reply.headers.get('date'));
    return refusedForTime ? exchange(call) : reply;
  }

  return async (call, schema) => {
    const reply = await patientExchange(call);
    const where = `${call.method} ${call.path.split('?')[0]}`;
    if ('failed' in reply) return { kind: 'unknown', why: reply.failed };
    const error = errorOf(reply.body);
    const open = (why: string) =>
      ({ kind: 'unknown', why: `${where}: ${reply.status} ${error.code} ${why}`.trim() }) as const;
    if (reply.status >= 500 || reply.status === 429) return open(error.message);
    const doubt = await distrust(reply);
    const bareRefusal = doubt === 'no signature' && reply.status >= 400 && believeUnsignedRefusals;
    if (doubt !== undefined && !bareRefusal) return open(`(${doubt}) ${error.message}`);
    if (reply.status >= 400) return refusal(error, open);
    if (error.code !== '') return open(error.message); // 202 USERPAYING: heard, not done
    const value = schema.safeParse(reply.body === '' ? undefined : parseJson(reply.body));
    return value.success ? { kind: 'ok', value: value.data } : open('not the answer that was expected');
  };
}

const refusal = ({ code, message }: Told, open: (why: string) => Answer<never>): Answer<never> =>
  code === '' || OPEN_CODES.has(code) ? open(message) : { kind: 'refused', code, message };
