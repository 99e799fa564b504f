import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type DemoKeys, ensureDemoKeys } from '../cashier/keys';
import { type Simulator, startSimulator } from '../simulator/server';
import { createSmsClient } from './client';

jest.setTimeout(60_000);

let folder: string;
let keys: DemoKeys;
let simulator: Simulator;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sms-'));
  keys = ensureDemoKeys(folder);
  simulator = await startSimulator({ keyDir: folder, host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const aMessage = (phone: string) => ({
  messageId: randomUUID(),
  phone,
  text: '您的验证码是 042917，5 分钟内有效。',
  at: '2026-01-06T01:00:00.000Z',
});
const inbox = async (phone: string) => {
  const response = await fetch(`${simulator.url}/sms?phone=${phone}`, { headers: { accept: 'application/json' } });
  return response.json();
};

describe('the simulated SMS inbox', () => {
  it('receives a message once, shows the code, masks the phone and says that it is simulated', async () => {
    const sms = createSmsClient({ baseUrl: simulator.url, merchantPrivatePem: keys.merchant.privatePem });
    const message = aMessage('13812340001');
    await sms.send(message);
    await sms.send(message);
    expect(await inbox('13812340001')).toEqual({ simulated: true, messages: [message] });
    expect(await inbox('13812340002')).toEqual({ simulated: true, messages: [] });
    const html = await (await fetch(`${simulator.url}/sms`, { headers: { accept: 'text/html' } })).text();
    expect(html).toContain('模拟短信');
    expect(html).toContain('042917');
    expect(html).toContain('138****0001');
    expect(html).not.toContain('13812340001');
  });

  it('takes no message that is not signed by us', async () => {
    const stranger = createSmsClient({ baseUrl: simulator.url, merchantPrivatePem: keys.provider.privatePem });
    await expect(stranger.send(aMessage('13812340003'))).rejects.toThrow('401');
    expect(await inbox('13812340003')).toEqual({ simulated: true, messages: [] });
  });
});
