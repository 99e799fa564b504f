import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConfigError, readConfig } from '../contract/config';
import { fen } from '../domain/money';
import { createProviders } from './providers';

jest.setTimeout(60_000); // making RSA keys takes long on a busy machine

const KEY = Buffer.alloc(32, 7).toString('base64');
let folder: string;
let files: Record<'ALIPAY_PRIVATE_KEY_FILE' | 'ALIPAY_PUBLIC_KEY_FILE', string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'providers-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  files = {
    ALIPAY_PRIVATE_KEY_FILE: join(folder, 'app.pem'),
    ALIPAY_PUBLIC_KEY_FILE: join(folder, 'alipay.pem'),
  };
  writeFileSync(files.ALIPAY_PRIVATE_KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(files.ALIPAY_PUBLIC_KEY_FILE, publicKey.export({ type: 'spki', format: 'pem' }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const config = (env: Record<string, string> = {}) =>
  readConfig({
    ...{
      DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      MQTT_URL: 'mqtt://127.0.0.1:1',
    },
    ...{ PII_KEYS: `k1:${KEY}`, PII_INDEX_KEY: KEY, DATA_DIR: folder, SIMULATOR_URL: 'http://127.0.0.1:1' },
    ...env,
  });
const ids = { ALIPAY_APP_ID: '2021000000000009', ALIPAY_SELLER_ID: '2088000000000009' };
const offered = (env?: Record<string, string>) =>
  [...createProviders(config(env)).values()].map(({ channel, simulated }) => [channel, simulated]);

describe('the payment providers of a platform', () => {
  it('all pretend, and say so, as long as nobody has given credentials', () => {
    expect(offered()).toEqual([
      ['alipay', true],
      ['wechat', true],
      ['simulator', true],
    ]);
  });

  it('are the real ones alone once there is one: no button beside it settles rent without money', () => {
    expect(offered({ ...ids, ...files })).toEqual([['alipay', false]]);
    const sandbox = { ALIPAY_GATEWAY_URL: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do' };
    expect(offered({ ...ids, ...files, ...sandbox })).toEqual([['alipay', true]]);
  });

  it('send the payer to the host that the credentials belong to', async () => {
    const alipay = createProviders(config({ ...ids, ...files })).get('alipay');
    const opened = await alipay?.open({
      ...{ outTradeNo: '0123456789', amountFen: fen(100), subject: '房租', attach: 'a', way: { kind: 'page' } },
      ...{ notifyUrl: 'https://rent.example.com/callbacks/alipay', returnUrl: 'https://rent.example.com/' },
      expiresAt: new Date(Date.now() + 900_000).toISOString(),
    });
    expect(opened).toMatchObject({
      kind: 'ok',
      value: { url: expect.stringMatching(/^https:\/\/openapi\.alipay\.com\//) },
    });
  });

  it.each([
    ['ALIPAY_PRIVATE_KEY_FILE', '/nowhere/app.pem', /^ALIPAY_PRIVATE_KEY_FILE names a file that cannot be read/],
    ['ALIPAY_PUBLIC_KEY_FILE', __filename, /^ALIPAY cannot work with these credentials/],
  ])('are refused at start where %s is no key', (name, file, why) => {
    const create = () => createProviders(config({ ...ids, ...files, [name]: file }));
    expect(create).toThrow(ConfigError);
    expect(create).toThrow(why);
  });
});
