import { readFileSync } from 'node:fs';
import { type Config, ConfigError } from '../contract/config';
import type { AlipayCredentials, WechatCredentials } from '../contract/payment-credentials';
import { createAlipay } from './alipay/client';
import { alipayDemo } from './alipay/demo';
import { createCashier } from './cashier/create-cashier';
import { ensureDemoKeys } from './cashier/keys';
import type { PaymentProvider, PaymentProviders } from './payment-provider';
import { PRODUCTION_URL } from './wechat-pay/client/config';
import { createWechatPay, type WechatPay } from './wechat-pay/client/create-wechat-pay';
import { wechatPayDemo } from './wechat-pay/demo';

/** @throws ConfigError by the name of the variable that names the file */
function readPem(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${variable} names a file that cannot be read (${code}) / ${variable} 指定的文件无法读取`);
  }
}

/** What is wrong with a key is said by the provider it is for, without the key. @throws ConfigError */
function make<T>(name: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${name} cannot work with these credentials: ${(error as Error).message} / ${name} 凭证有误`);
  }
}

const realAlipay = (given: AlipayCredentials): PaymentProvider =>
  make('ALIPAY', () =>
    createAlipay({
      appId: given.appId,
      sellerId: given.sellerId,
      appPrivatePem: readPem('ALIPAY_PRIVATE_KEY_FILE', given.privateKeyFile),
      alipayPublicPems: given.publicKeyFiles.map((file) => readPem('ALIPAY_PUBLIC_KEY_FILE', file)),
      ...(given.gatewayUrl === undefined ? {} : { gatewayUrl: given.gatewayUrl }),
      // Any other host is Alipay's sandbox or somebody's stand-in: nothing that a screen may call real money.
      simulated: given.gatewayUrl !== undefined,
    }),
  );

const realWechat = (given: WechatCredentials): WechatPay =>
  make('WECHAT_PAY', () =>
    createWechatPay({
      appid: given.appId,
      mchid: given.merchantId,
      merchantSerial: given.certificateSerial,
      merchantPrivatePem: readPem('WECHAT_PAY_PRIVATE_KEY_FILE', given.privateKeyFile),
      apiV3Key: given.apiV3Key,
      baseUrl: PRODUCTION_URL,
      ...(given.publicKey === null
        ? {}
        : { publicKey: { id: given.publicKey.id, pem: readPem('WECHAT_PAY_PUBLIC_KEY_FILE', given.publicKey.file) } }),
      simulated: false,
    }),
  );

/** The demo's, against the simulators at `url`, with keys that both sides find in `dataDir`. */
export function simulatedProviders(url: string, dataDir: string): readonly PaymentProvider[] {
  const { merchant, provider } = ensureDemoKeys(dataDir);
  const wechatPay = createWechatPay({ ...wechatPayDemo(dataDir).client, baseUrl: url });
  void wechatPay.loadKeys(); // without them the first notice has to come a second time
  return [
    createAlipay({ ...alipayDemo(dataDir).client, gatewayUrl: `${url}/alipay/gateway.do` }),
    wechatPay,
    createCashier({ baseUrl: url, merchantPrivatePem: merchant.privatePem, providerPublicPem: provider.publicPem }),
  ];
}

/**
 * The providers that tenants can pay at. Once there is a real one, none that only pretends is beside it: a button must not settle rent where
 * others pay money. @throws ConfigError
 */
export function createProviders({ payments, simulator, dataDir }: Config): PaymentProviders {
  const wechat = payments.wechat && realWechat(payments.wechat);
  void wechat?.loadKeys();
  const real = [payments.alipay && realAlipay(payments.alipay), wechat].filter((provider) => provider !== null);
  const offered = real.length > 0 ? real : simulatedProviders(simulator.url, dataDir);
  return new Map(offered.map((provider) => [provider.channel, provider]));
}
