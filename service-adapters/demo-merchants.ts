/** Who the demo is at the simulated Alipay. */
export const DEMO_ALIPAY = { appId: '2021000000000001', sellerId: '2088000000000001' } as const;

/** Who the demo is at the simulated WeChat Pay. */
export const DEMO_WECHAT = {
  appid: 'wx00000000000demo1',
  mchid: '1900000001',
  serial: '00000000000000000000000000000000000DE301',
} as const;
