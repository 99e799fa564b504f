import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { createAlipayAgreements } from './agreement/client';
import { createAlipay } from './client';
import { alipayDemo } from './demo';
import { answerAgreement, pressButton } from './press-button';
import { anOrder, aWorld } from './test-peers';

jest.setTimeout(60_000);

it('gives the platform and the simulator of one folder an app that fits, and another folder another one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alipay-demo-'));
  const stranger = alipayDemo(join(folder, 'other')); // making keys takes seconds, in which a connection would go stale
  const { client, signScene, simulator } = alipayDemo(folder);
  const world = await aWorld(simulator);
  try {
    const config = { ...client, gatewayUrl: world.gatewayUrl };
    const alipay = createAlipay(config);
    expect(alipay).toMatchObject({ channel: 'alipay', simulated: true });
    const order = anOrder();
    const opened = await alipay.open(order);
    if (opened.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('not opened');
    await pressButton(opened.value.url, 'pay');
    expect(await alipay.query(order.outTradeNo)).toMatchObject({ kind: 'ok', value: { status: 'paid' } });
    const agreements = createAlipayAgreements(config, signScene);
    const page = agreements.signUrl({
      externalAgreementNo: 'lease0001',
      notifyUrl: order.notifyUrl,
      returnUrl: world.url,
    });
    if (page.kind !== 'ok') throw new Error('no page to sign on');
    await answerAgreement(page.value, 'sign');
    expect(await agreements.query('lease0001')).toMatchObject({ kind: 'ok', value: { status: 'active' } });
    const other = createAlipay({ ...stranger.client, gatewayUrl: world.gatewayUrl });
    expect(await other.query(order.outTradeNo)).toMatchObject({ kind: 'unknown' });
  } finally {
    await world.close();
    rmSync(folder, { recursive: true });
  }
});
