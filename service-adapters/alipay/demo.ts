import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ensureDemoKeys } from '../cashier/keys';
import type { AlipayConfig } from './config';
import type { AlipaySimulatorOptions } from './simulator/simulator';

export type AlipayDemo = {
  readonly client: Omit<AlipayConfig, 'gatewayUrl'>;
  /** The scene of its agreements. */
  readonly signScene: string;
  readonly simulator: Pick<
    AlipaySimulatorOptions,
    'appId' | 'sellerId' | 'appPublicPem' | 'alipayPrivatePem' | 'controlKey'
  >;
};

/** An app that only the simulator knows, with keys kept in `dataDir`; the platform and the simulator get the same from it. */
export function alipayDemo(dataDir: string): AlipayDemo {
  const { merchant, provider } = ensureDemoKeys(join(dataDir, 'alipay'));
  const appId = '2021000000000000';
  const sellerId = '2088000000000000';
  return {
    client: {
      appId,
      sellerId,
      appPrivatePem: merchant.privatePem,
      alipayPublicPems: [provider.publicPem],
      simulated: true,
    },
    signScene: 'INDUSTRY|RENT',
    simulator: {
      appId,
      sellerId,
      appPublicPem: merchant.publicPem,
      alipayPrivatePem: provider.privatePem,
      controlKey: createHash('sha256').update(`control ${provider.privatePem}`).digest('hex'),
    },
  };
}
