import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, PHONE } from '../../test/journeys/browser';
import { anOrder, aWorld, type World } from './test-peers';

jest.setTimeout(120_000);

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await aWorld();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

it('a person on a phone fails to pay, then pays, and goes back to the merchant with a signed result', async () => {
  const order = anOrder({ returnUrl: `${world.url}/alipay/merchant?bill=1` });
  const opened = await world.alipay.open(order);
  if (opened.kind !== 'ok' || opened.value.kind !== 'page') throw new Error('no page');
  const page = await openPage(browser, PHONE);
  await page.goto(opened.value.url);
  expect(await page.locator('.banner').textContent()).toContain('模拟');
  await page.getByRole('button', { name: '付款失败：余额不足' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('余额不足');
  await page.getByRole('button', { name: '确认付款' }).click();
  await page.getByRole('heading', { name: '支付成功（模拟）' }).waitFor();
  const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(overflow).toBe(false);
  await page.getByRole('link', { name: '完成，返回商家' }).click();
  const back = new URL(page.url()).searchParams;
  expect(Object.fromEntries(back)).toMatchObject({
    bill: '1',
    out_trade_no: order.outTradeNo,
    total_amount: '3000.01',
  });
  expect(await world.alipay.query(order.outTradeNo)).toMatchObject({ value: { status: 'paid' } });
});
