import type { Page } from 'playwright-core';
import { takePicture } from './browser';

/** The code that the SMS simulator got for this phone last. */
async function codeFor(phone: string, simulatorUrl: string): Promise<string> {
  for (let i = 0; i < 50; i++) {
    const inbox = await fetch(`${simulatorUrl}/sms?phone=${phone}`, { headers: { accept: 'application/json' } });
    const { messages } = (await inbox.json()) as { messages: { text: string }[] };
    const code = /\d{6}/.exec(messages[0]?.text ?? '')?.[0];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no code came for ${phone}`);
}

export type TenantSide = { readonly apiUrl: string; readonly simulatorUrl: string; readonly phone: string };

export async function signInAsTenant(page: Page, { apiUrl, simulatorUrl, phone }: TenantSide): Promise<void> {
  await page.goto(`${apiUrl}/`);
  await page.getByRole('textbox', { name: '手机号' }).fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText('验证码已发送').waitFor();
  await page.getByRole('textbox', { name: '短信验证码' }).fill(await codeFor(phone, simulatorUrl));
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('湖畔社区').waitFor();
}

const PICTURES = { 支付宝: 'alipay', 微信支付: 'wechat', 模拟收银台: 'cashier' } as const;

export type Method = keyof typeof PICTURES;

/** Presses the pay button of the page, pays at that provider's simulator and comes back to see that the server says so. */
export async function payBy(page: Page, method: Method, button: RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByText(method).click();
  await page.getByText('不会产生真实扣款').waitFor();
  await takePicture(page, `tenant-pays-${PICTURES[method]}`);
  await page.getByText('前往', { exact: true }).click();
  await page.locator('button.pay').click();
  await page.getByRole('link', { name: '返回' }).click();
  await page.getByText('支付成功').waitFor();
  await takePicture(page, `tenant-paid-${PICTURES[method]}`);
}

export async function openTab(page: Page, apiUrl: string, name: 'bills' | 'door' | 'notices'): Promise<void> {
  await page.goto(`${apiUrl}/#/${name}`);
}

/** Ends the lease before its agreed day: sees the penalty, says why, and agrees. Returns the penalty as it was shown. */
export async function leaveEarly(page: Page, apiUrl: string, lastDay: string): Promise<string> {
  await page.goto(`${apiUrl}/#/leave`);
  await page.locator('input[type=date]').fill(lastDay);
  const penalty = (await page.getByTestId('penalty').textContent()) ?? '';
  await page.getByRole('textbox', { name: '请写明提前退租的原因' }).fill('换工作去外地');
  await page.getByRole('button', { name: '申请提前退租' }).click();
  await page.getByText('确认后不能自行撤回').waitFor();
  await page.getByText('确认', { exact: true }).click();
  await page.getByText('已提交退房申请').waitFor();
  return penalty;
}
