import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { createWechatPay } from './client/create-wechat-pay';
import { wechatPayDemo } from './demo';
import { anOrder, startSimulator } from './test-world';

jest.setTimeout(60_000);

it('gives the platform and the simulator of one folder an account that fits, and another folder another one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wechat-demo-'));
  const stranger = wechatPayDemo(join(folder, 'other')); // making keys takes seconds, in which a connection would go stale
  const simulator = await startSimulator(wechatPayDemo(folder).simulator);
  try {
    const client = createWechatPay({ ...wechatPayDemo(folder).client, baseUrl: simulator.url });
    expect(client.simulated).toBe(true);
    expect(await client.open(anOrder())).toMatchObject({ kind: 'ok' });
    const other = createWechatPay({ ...stranger.client, baseUrl: simulator.url });
    expect(await other.open(anOrder())).toMatchObject({ kind: 'unknown', why: expect.stringContaining('401') });
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  }
});
