import { topLevelSpan } from './json-span';
import { type Fields, type Sign, signedText, type Verify } from './rsa2';
import { shanghaiText } from './shanghai-time';

export type GatewayConfig = {
  readonly appId: string;
  readonly sign: Sign;
  readonly verify: Verify;
  readonly gatewayUrl: string;
  /** How a payer's browser reaches the gateway; the same in production. */
  readonly pageGatewayUrl: string;
  /** Certificate mode: serial numbers of our certificate and of Alipay's root. */
  readonly certificates?: { readonly appCertSn: string; readonly alipayRootCertSn: string };
  readonly timeoutMs: number;
  readonly now: () => number;
};

/** Parameters beside `biz_content`. */
export type Extra = { readonly notify_url?: string; readonly return_url?: string };

/** What came back. `reply` is Alipay's signed word, good or bad; of `unknown` nobody can say whether it happened. */
export type Reply =
  | {
      readonly kind: 'reply';
      readonly code: string;
      /** Empty when there is none. */
      readonly subCode: string;
      readonly message: string;
      readonly body: unknown;
    }
  | { readonly kind: 'unknown'; readonly why: string };

export type Gateway = {
  call(method: string, biz: object, extra?: Extra): Promise<Reply>;
  /** The address of a page API. Nothing is sent. */
  pageUrl(method: string, biz: object, extra?: Extra): string;
  /** What Alipay's app takes from ours. Nothing is sent. */
  orderString(method: string, biz: object, extra?: Extra): string;
};

function signedFields(config: GatewayConfig, method: string, biz: object, extra: Extra): Fields {
  const fields: Fields = {
    app_id: config.appId,
    method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: shanghaiText(config.now()),
    version: '1.0',
    ...(config.certificates === undefined
      ? {}
      : { app_cert_sn: config.certificates.appCertSn, alipay_root_cert_sn: config.certificates.alipayRootCertSn }),
    ...extra,
    biz_content: JSON.stringify(biz),
  };
  return { ...fields, sign: config.sign(signedText(fields)) };
}

/** Percent-encoding throughout: Alipay's app does not read `+` as a space. */
const encoded = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

const withQuery = (url: string, query: string): string => `${url}${url.includes('?') ? '&' : '?'}${query}`;

/** Alipay's OpenAPI gateway with RSA2. No call throws for what the line or the gateway does. */
export function createGateway(config: GatewayConfig): Gateway {
  async function call(method: string, biz: object, extra: Extra = {}): Promise<Reply> {
    const { biz_content = '', ...common } = signedFields(config, method, biz, extra);
    try {
      const response = await fetch(withQuery(config.gatewayUrl, encoded(common)), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8', accept: 'application/json' },
        body: encoded({ biz_content }),
        redirect: 'error',
        signal: AbortSignal.timeout(config.timeoutMs),
      });
      const text = await response.text();
      if (response.status !== 200) return unknown(`the gateway answered HTTP ${response.status}`);
      return readReply(text, method, config.verify);
    } catch (error) {
      return unknown(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
  }
  return {
    call,
    pageUrl: (method, biz, extra = {}) =>
      withQuery(config.pageGatewayUrl, encoded(signedFields(config, method, biz, extra))),
    orderString: (method, biz, extra = {}) => encoded(signedFields(config, method, biz, extra)),
  };
}

const unknown = (why: string): Reply => ({ kind: 'unknown', why });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Believes an answer only under Alipay's signature over the inner object's own characters. */
export function readReply(text: string, method: string, verify: Verify): Reply {
  const outer = parse(text);
  if (!isObject(outer)) return unknown('the answer is not JSON');
  const name = `${method.replaceAll('.', '_')}_response`;
  const span = topLevelSpan(text, name) ?? topLevelSpan(text, 'error_response');
  const body = span === undefined ? undefined : parse(span);
  if (span === undefined || !isObject(body)) return unknown(`the answer holds no ${name}`);
  const [code, subCode] = [textOf(body.code), textOf(body.sub_code)];
  const message = [textOf(body.msg), textOf(body.sub_msg)].filter(Boolean).join(': ');
  // Slashes may have been escaped on the way after the signature was made: Alipay's own libraries try both as well.
  const sign = textOf(outer.sign);
  const signed = verify(span, sign) || (span.includes('\\/') && verify(span.replaceAll('\\/', '/'), sign));
  if (!signed) return unknown(`the answer is not signed by Alipay: ${code} ${subCode} ${message}`);
  return { kind: 'reply', code, subCode, message, body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
