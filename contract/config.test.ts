import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OLD_KEY = Buffer.alloc(32, 8).toString('base64');

const GOOD = {
  DATABASE_URL: 'postgres://apartment:pw@127.0.0.1:5432/apartment',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  TEMPORAL_CODEC_KEYS: `c1:${KEY}`,
  MQTT_URL: 'mqtt://127.0.0.1:1883',
  PII_KEYS: `k2:${KEY},k1:${OLD_KEY}`,
  PII_INDEX_KEY: KEY,
};

const ALIPAY = {
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_SELLER_ID: '2088000000000001',
  ALIPAY_PRIVATE_KEY_FILE: 'app.pem',
  ALIPAY_PUBLIC_KEY_FILE: 'alipay.pem',
};
const WECHAT = {
  WECHAT_PAY_APP_ID: 'wx0000000000000001',
  WECHAT_PAY_MERCHANT_ID: '1900000001',
  WECHAT_PAY_CERTIFICATE_SERIAL: '0000000000000001',
  WECHAT_PAY_PRIVATE_KEY_FILE: 'merchant.pem',
  WECHAT_PAY_API_V3_KEY: '0123456789abcdef0123456789abcdef',
};

const PRODUCTION = { ...GOOD, NODE_ENV: 'production', ACCEPT_SIMULATED: 'payments,sms' };

function refusalOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('the settings of a process', () => {
  it('have safe defaults: loopback only, no time travel, no demo', () => {
    const config = readConfig(GOOD);
    expect(config.api).toEqual({ host: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080' });
    expect(config.temporal).toMatchObject({
      ...{ namespace: 'default', taskQueue: 'lease' },
      uiOrigin: 'http://127.0.0.1:8233',
    });
    expect([config.timeTravel, config.demo, config.production]).toEqual([false, false, false]);
    expect([config.dataDir, config.logLevel]).toEqual(['.data', 'info']);
  });

  it('let pages of the Temporal UI in by their origin, wherever below it the UI lies', () => {
    const { temporal } = readConfig({ ...GOOD, TEMPORAL_UI_URL: 'https://ops.example.com:8443/temporal/' });
    expect(temporal.uiOrigin).toBe('https://ops.example.com:8443');
    expect(refusalOf({ ...GOOD, TEMPORAL_UI_URL: 'ops' })).toContain('TEMPORAL_UI_URL');
  });

  it('encrypt with the newest key and still read with the older ones', () => {
    const { personalDataKeys } = readConfig(GOOD);
    expect(personalDataKeys.currentKeyId).toBe('k2');
    expect([...personalDataKeys.keys.keys()]).toEqual(['k2', 'k1']);
    expect(personalDataKeys.keys.get('k1')).toEqual(Buffer.alloc(32, 8));
  });

  it('ignore names that belong to other programs', () => {
    expect(readConfig({ ...GOOD, PATH: '/bin', API_PROT: '1' }).api.port).toBe(8080);
  });

  it('take an empty value for a missing one', () => {
    expect(readConfig({ ...GOOD, API_PORT: '' }).api.port).toBe(8080);
    expect(refusalOf({ ...GOOD, DATABASE_URL: '' })).toMatch(/^DATABASE_URL is missing/);
  });

  it('drop the slash at the end of the public address, so that paths can be appended', () => {
    expect(readConfig({ ...GOOD, PUBLIC_URL: 'https://rent.example.com/' }).api.publicUrl).toBe(
      'https://rent.example.com',
    );
  });

  it.each([
    ['DATABASE_URL', 'mysql://127.0.0.1/apartment'],
    ['TEMPORAL_ADDRESS', 'http://127.0.0.1:7233'],
    ['MQTT_URL', 'broker-9:1883'],
    ['API_PORT', '80a'],
    ['API_PORT', '70000'],
    ['PUBLIC_URL', 'no-scheme.test'],
    ['PII_KEYS', `k1:${Buffer.alloc(16).toString('base64')}`],
    ['PII_KEYS', `k1:${KEY},k1:${OLD_KEY}`],
    ['PII_KEYS', KEY],
    ['PII_INDEX_KEY', 'not a key'],
    ['TEMPORAL_CODEC_KEYS', ','],
    ['TIME_TRAVEL', 'yes'],
    ['DEMO', '1'],
    ['LOG_LEVEL', 'loud'],
    ['SIMULATOR_PORT', '-1'],
    ['ACCEPT_SIMULATED', 'everything'],
    ['ACCEPT_SIMULATED', 'payments,letters'],
    ['TEMPORAL_TASK_QUEUE', '   '],
  ])('refuse a wrong %s by name, in English and Chinese, without repeating the value', (name, value) => {
    const refusal = refusalOf({ ...GOOD, [name]: value });
    expect(refusal.split('\n')).toHaveLength(1);
    expect(refusal).toMatch(new RegExp(`^${name} must .* / .*[\\u4e00-\\u9fff]`));
    if (value.trim().length > 3) expect(refusal).not.toContain(value);
  });

  it('name everything that is missing at once', () => {
    expect(
      refusalOf({})
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(Object.keys(GOOD).filter((name) => name !== 'TEMPORAL_CODEC_KEYS'));
  });

  it('let ops read payloads where no key is set, but not in production', () => {
    const { TEMPORAL_CODEC_KEYS: _, ...keyless } = GOOD;
    expect(readConfig(keyless).temporal.codecKeys).toEqual([]);
    expect(refusalOf({ ...keyless, NODE_ENV: 'production' })).toMatch(/^TEMPORAL_CODEC_KEYS must be set in production/);
  });

  it.each(['DEMO', 'TIME_TRAVEL'])('refuse %s in production, where logins and clocks are real', (name) => {
    expect(refusalOf({ ...PRODUCTION, [name]: 'on' })).toMatch(new RegExp(`^${name} must be off in production`));
    expect(readConfig(PRODUCTION).production).toBe(true);
  });

  it('take the credentials of a provider whole or not at all, and name what is missing', () => {
    expect(readConfig(GOOD).payments).toEqual({ alipay: null, wechat: null });
    const { ALIPAY_PRIVATE_KEY_FILE: _, ...half } = ALIPAY;
    expect(refusalOf({ ...GOOD, ...half })).toMatch(
      /^ALIPAY_PRIVATE_KEY_FILE is missing beside ALIPAY_APP_ID, .*未设置$/,
    );
    expect(refusalOf({ ...GOOD, ALIPAY_GATEWAY_URL: 'https://sandbox.example.com/gateway.do' })).toContain(
      'ALIPAY_APP_ID is missing beside ALIPAY_GATEWAY_URL',
    );
    const lone = { ...GOOD, ...WECHAT, WECHAT_PAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_1' };
    expect(refusalOf(lone)).toMatch(/^WECHAT_PAY_PUBLIC_KEY_FILE is missing beside WECHAT_PAY_PUBLIC_KEY_ID/);
    expect(refusalOf({ ...GOOD, ...WECHAT, WECHAT_PAY_API_V3_KEY: 'short-secret' })).toMatch(
      /^WECHAT_PAY_API_V3_KEY must be the 32 characters(?!.*short-secret)/,
    );
    const { payments } = readConfig({ ...GOOD, ...ALIPAY, ...WECHAT, ALIPAY_PUBLIC_KEY_FILE: 'new.pem, old.pem' });
    expect(payments.alipay).toMatchObject({ appId: '2021000000000001', publicKeyFiles: ['new.pem', 'old.pem'] });
    expect(payments.wechat).toMatchObject({ merchantId: '1900000001', publicKey: null });
  });

  it('need no word for simulated payments in production where the money is real, but do for a sandbox', () => {
    const production = { ...PRODUCTION, ACCEPT_SIMULATED: 'sms' };
    expect(readConfig({ ...production, ...WECHAT }).production).toBe(true);
    expect(readConfig({ ...production, ...ALIPAY }).production).toBe(true);
    const sandbox = { ...ALIPAY, ALIPAY_GATEWAY_URL: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do' };
    expect(refusalOf({ ...production, ...sandbox })).toMatch(/^ACCEPT_SIMULATED must name/);
  });

  it.each([
    [undefined, /payments \(a button says .* sms \(.*登录验证码/],
    ['payments', /^ACCEPT_SIMULATED must name what may be simulated in production: sms \(/],
    ['sms', /^ACCEPT_SIMULATED must name .*: payments \(.*没有真实资金/],
  ])('refuse simulated payments and messages in production unless both are accepted by name (%s)', (accepted, why) => {
    const refusal = refusalOf({ ...PRODUCTION, ACCEPT_SIMULATED: accepted });
    expect(refusal).toMatch(why);
    expect(refusal.split('\n')).toHaveLength(1);
    expect(readConfig({ ...GOOD, ACCEPT_SIMULATED: accepted }).production).toBe(false);
  });
});
