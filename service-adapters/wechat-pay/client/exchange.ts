import { authorization, type Credentials } from '../signatures';

export type Call = {
  readonly method: 'GET' | 'POST';
  /** With its query; what comes from outside is encoded already. */
  readonly path: string;
  readonly body?: object;
};

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: string };

type Failed = { readonly failed: string };

/** A request under our signature. */
export type Send = (call: Call, timeoutMs?: number) => Promise<Response>;

/** `failed` says why there is no reply: the request may have arrived or not. */
export type Exchange = (call: Call) => Promise<Reply | Failed>;

export type SendOptions = {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Asks the provider to sign with this key. */
  readonly wantedSerial?: string;
  readonly timeoutMs: number;
  /** The provider's time as we know it. */
  readonly now: () => number;
};

export function createSend({ baseUrl, credentials, wantedSerial, timeoutMs, now }: SendOptions): Send {
  const origin = baseUrl.replace(/\/+$/, '');
  return (call, patienceMs = timeoutMs) => {
    const url = new URL(`${origin}${call.path}`);
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const place = { method: call.method, path: `${url.pathname}${url.search}`, body };
    return fetch(url, {
      method: call.method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'smart-apartment-platform', // the provider refuses requests without one
        authorization: authorization(credentials, place, now()),
        ...(wantedSerial === undefined ? {} : { 'wechatpay-serial': wantedSerial }),
      },
      ...(call.body === undefined ? {} : { body }),
      redirect: 'error', // our signature holds for one address
      signal: AbortSignal.timeout(patienceMs),
    });
  };
}

export function createExchange(send: Send): Exchange {
  return async (call) => {
    try {
      const response = await send(call);
      return { status: response.status, headers: response.headers, body: await response.text() };
    } catch (error) {
      return { failed: `${call.method} ${call.path.split('?')[0]}: ${reason(error)}` };
    }
  };
}

/** The name or code alone: an address or a header in a message would carry order numbers into logs. */
export const reason = (error: unknown): string => {
  if (text(error, 'name') === 'TimeoutError') return 'no answer in time';
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return `no answer ${text(cause, 'code')}`.trim();
};

const text = (value: unknown, name: string): string => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
};
