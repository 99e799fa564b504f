/** Our account with WeChat Pay. A file or secret store fills it; nothing of it is ever logged. */
export type WechatPayConfig = {
  readonly appid: string;
  readonly mchid: string;
  /** Serial number of our API certificate, as the merchant platform shows it. */
  readonly merchantSerial: string;
  readonly merchantPrivatePem: string;
  /** 32 characters, set on the merchant platform. */
  readonly apiV3Key: string;
  /** `https://api.mch.weixin.qq.com`, or a simulator. */
  readonly baseUrl: string;
  /** WeChat Pay's public key (`PUB_KEY_ID_...`), for merchants that have one; certificates are downloaded where it is not known. */
  readonly publicKey?: { readonly id: string; readonly pem: string };
  /** True while no real money moves. */
  readonly simulated: boolean;
  readonly timeoutMs?: number;
  /**
   * The provider signs its answer whenever our own signature held, refusals too, so an unsigned refusal is not believed. Set it where a
   * gateway in between strips the signature of refusals; TLS alone vouches for them then.
   */
  readonly believeUnsignedRefusals?: boolean;
  /** The wall clock; for tests. */
  readonly clock?: () => number;
};

export const PRODUCTION_URL = 'https://api.mch.weixin.qq.com';
