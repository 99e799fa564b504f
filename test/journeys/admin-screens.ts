import type { Page } from 'playwright-core';
import type { StaffLogin } from './staff-api';

export async function signInAsStaff(page: Page, apiUrl: string, { login, password }: StaffLogin): Promise<void> {
  await page.goto(`${apiUrl}/admin/`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('menuitem', { name: '房态图' }).waitFor();
}

/** From the vacant square of the board to the signed lease. */
export async function signLease(page: Page, room: string, tenant: string): Promise<void> {
  await page.getByRole('menuitem', { name: '房态图' }).click();
  await page.locator(`[data-room="${room}"][data-state=vacant]`).click();
  await page.getByLabel('按姓名或手机号查找').fill(tenant);
  await page.getByRole('option', { name: tenant }).click();
  await page.getByRole('button', { name: '试算报价' }).click();
  await page.getByTestId('quote').waitFor();
  await page.getByRole('button', { name: '乙方签约' }).click();
  await page.getByText('待付首期').waitFor();
}

export async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: '审批通过' }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('生效中').waitFor();
}

/** Carries the open lease forward and waits until its clock has arrived. */
export async function travelTo(page: Page, day: string): Promise<void> {
  const travel = page.getByTestId('time-travel');
  await travel.getByLabel('到某日').fill(day);
  await travel.getByRole('button', { name: '出发' }).click();
  await travel.getByRole('progressbar').waitFor({ state: 'hidden', timeout: 90_000 });
}

/** Waits until the room itself has reported this. */
export const seeDoor = (page: Page, state: '已锁' | '可开门'): Promise<void> =>
  page.getByTestId('device-door').getByText(state, { exact: true }).waitFor({ timeout: 60_000 });
