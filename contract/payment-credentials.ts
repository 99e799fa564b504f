import { z } from 'zod';
import * as field from './config-fields';

/** What an operator's contract with Alipay gives; keys are files, so that none stands in an environment. */
export type AlipayCredentials = {
  readonly appId: string;
  readonly sellerId: string;
  readonly privateKeyFile: string;
  /** Two while Alipay's key is being changed. */
  readonly publicKeyFiles: readonly string[];
  /** Another host than Alipay's own: its sandbox. */
  readonly gatewayUrl?: string;
};

export type WechatCredentials = {
  readonly appId: string;
  readonly merchantId: string;
  readonly certificateSerial: string;
  readonly privateKeyFile: string;
  readonly apiV3Key: string;
  /** For merchants that were given WeChat Pay's public key; others use its certificates, which are downloaded. */
  readonly publicKey: { readonly id: string; readonly file: string } | null;
};

/** null: none were given, the provider is not used. */
export type PaymentCredentials = {
  readonly alipay: AlipayCredentials | null;
  readonly wechat: WechatCredentials | null;
};

/** Variables of providers' credentials; which go together is {@link halfSet}. */
export const CREDENTIALS = {
  ALIPAY_APP_ID: field.digits(8, 32).optional(),
  ALIPAY_SELLER_ID: field.digits(16, 16).optional(),
  ALIPAY_PRIVATE_KEY_FILE: field.words.optional(),
  /** Two, separated by a comma, while Alipay's key is being changed. */
  ALIPAY_PUBLIC_KEY_FILE: field.words.optional(),
  ALIPAY_GATEWAY_URL: field.httpUrl.optional(),
  WECHAT_PAY_APP_ID: field.words.optional(),
  WECHAT_PAY_MERCHANT_ID: field.digits(6, 32).optional(),
  WECHAT_PAY_CERTIFICATE_SERIAL: field.words.optional(),
  WECHAT_PAY_PRIVATE_KEY_FILE: field.words.optional(),
  WECHAT_PAY_API_V3_KEY: field.apiV3Key.optional(),
  WECHAT_PAY_PUBLIC_KEY_ID: field.words.optional(),
  WECHAT_PAY_PUBLIC_KEY_FILE: field.words.optional(),
} as const;

const Credentials = z.object(CREDENTIALS);
type Given = z.infer<typeof Credentials>;
type Name = keyof Given;

/** Names that are all set or none; `also` only beside them. */
const SETS: readonly { readonly all: readonly Name[]; readonly also: readonly Name[] }[] = [
  {
    all: ['ALIPAY_APP_ID', 'ALIPAY_SELLER_ID', 'ALIPAY_PRIVATE_KEY_FILE', 'ALIPAY_PUBLIC_KEY_FILE'],
    also: ['ALIPAY_GATEWAY_URL'],
  },
  {
    all: [
      ...(['WECHAT_PAY_APP_ID', 'WECHAT_PAY_MERCHANT_ID', 'WECHAT_PAY_CERTIFICATE_SERIAL'] as const),
      ...(['WECHAT_PAY_PRIVATE_KEY_FILE', 'WECHAT_PAY_API_V3_KEY'] as const),
    ],
    also: ['WECHAT_PAY_PUBLIC_KEY_ID', 'WECHAT_PAY_PUBLIC_KEY_FILE'],
  },
  { all: ['WECHAT_PAY_PUBLIC_KEY_ID', 'WECHAT_PAY_PUBLIC_KEY_FILE'], also: [] },
];

/** What is missing beside what was set, one line for each; half a set of credentials would only be found out by the first payer. */
export const halfSet = (given: Given): readonly string[] =>
  SETS.flatMap(({ all, also }) => {
    const set = [...all, ...also].filter((name) => given[name] !== undefined);
    const missing = set.length === 0 ? [] : all.filter((name) => given[name] === undefined);
    return missing.map((name) => `${name} is missing beside ${set.join(', ')} / 已设置 ${set[0]}，但 ${name} 未设置`);
  });

/** Of settings that {@link halfSet} finds whole. */
export function credentialsOf(given: Given): PaymentCredentials {
  return { alipay: alipayOf(given), wechat: wechatOf(given) };
}

function alipayOf(given: Given): AlipayCredentials | null {
  const { ALIPAY_APP_ID: appId, ALIPAY_SELLER_ID: sellerId, ALIPAY_GATEWAY_URL: gatewayUrl } = given;
  const { ALIPAY_PRIVATE_KEY_FILE: privateKeyFile, ALIPAY_PUBLIC_KEY_FILE: publicKeyFiles } = given;
  if (!appId || !sellerId || !privateKeyFile || !publicKeyFiles) return null;
  return {
    ...{ appId, sellerId, privateKeyFile, publicKeyFiles: publicKeyFiles.split(',').map((file) => file.trim()) },
    ...(gatewayUrl === undefined ? {} : { gatewayUrl }),
  };
}

function wechatOf(given: Given): WechatCredentials | null {
  const { WECHAT_PAY_APP_ID: appId, WECHAT_PAY_MERCHANT_ID: merchantId } = given;
  const { WECHAT_PAY_CERTIFICATE_SERIAL: certificateSerial, WECHAT_PAY_PRIVATE_KEY_FILE: privateKeyFile } = given;
  const { WECHAT_PAY_API_V3_KEY: apiV3Key, WECHAT_PAY_PUBLIC_KEY_ID: id, WECHAT_PAY_PUBLIC_KEY_FILE: file } = given;
  if (!appId || !merchantId || !certificateSerial || !privateKeyFile || !apiV3Key) return null;
  return {
    appId,
    merchantId,
    certificateSerial,
    privateKeyFile,
    apiV3Key,
    publicKey: id && file ? { id, file } : null,
  };
}
