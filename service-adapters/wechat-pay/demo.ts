import { createHash, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { ensureDemoKeys } from '../cashier/keys';
import type { WechatPayConfig } from './client/config';
import type { WechatPaySimulatorOptions } from './simulator/create-simulator';

export type WechatPayDemo = {
  readonly client: Omit<WechatPayConfig, 'baseUrl'>;
  readonly simulator: Pick<WechatPaySimulatorOptions, 'merchant' | 'apiV3Key' | 'platformPrivatePem' | 'controlToken'>;
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An account that only the simulator knows, with keys kept in `dataDir`; both processes get the same from it. */
export function wechatPayDemo(dataDir: string): WechatPayDemo {
  const { merchant, provider } = ensureDemoKeys(join(dataDir, 'wechat-pay'));
  const appid = 'wxdemo0000000000';
  const mchid = '1900000109';
  const publicDer = createPublicKey(merchant.publicPem).export({ type: 'spki', format: 'der' });
  const serial = createHash('sha1').update(publicDer).digest('hex').toUpperCase();
  const apiV3Key = digest(`APIv3 ${provider.privatePem}`).slice(0, 32);
  return {
    client: {
      appid,
      mchid,
      merchantSerial: serial,
      merchantPrivatePem: merchant.privatePem,
      apiV3Key,
      simulated: true,
    },
    simulator: {
      merchant: { appid, mchid, serial, publicPem: merchant.publicPem },
      apiV3Key,
      platformPrivatePem: provider.privatePem,
      controlToken: digest(`control ${provider.privatePem}`),
    },
  };
}
