import { AlipayConfig } from './config';
import { createGateway, type Gateway } from './wire/gateway';
import { createSign, createVerify, type Verify } from './wire/rsa2';

/** A configuration that was checked, with its keys read. */
export type AlipayContext = {
  readonly appId: string;
  readonly sellerId: string;
  readonly simulated: boolean;
  readonly noticeWindowMs: number;
  readonly gateway: Gateway;
  readonly verify: Verify;
  readonly now: () => number;
};

/** `now` (ms) is the clock of requests; the machine's by default. @throws Error when the configuration or a key in it is wrong. */
export function createContext(given: AlipayConfig, now: () => number = Date.now): AlipayContext {
  const config = AlipayConfig.parse(given);
  const verify = createVerify(config.alipayPublicPems);
  const gateway = createGateway({
    appId: config.appId,
    sign: createSign(config.appPrivatePem),
    verify,
    gatewayUrl: config.gatewayUrl,
    pageGatewayUrl: config.pageGatewayUrl ?? config.gatewayUrl,
    ...(config.certificates === undefined ? {} : { certificates: config.certificates }),
    timeoutMs: config.timeoutMs,
    now,
  });
  const { appId, sellerId, simulated, noticeWindowMs } = config;
  return { appId, sellerId, simulated, noticeWindowMs, gateway, verify, now };
}
