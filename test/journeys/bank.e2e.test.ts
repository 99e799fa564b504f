import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { shanghaiDate } from '../../domain/calendar';
import { cmbFile } from '../../service-adapters/bank-statement/fixtures';
import { signInAsStaff, signLease } from './admin-screens';
import { DESKTOP, openPage, PHONE, takePicture } from './browser';
import { aSmallCommunity, signUp } from './staff-api';
import { journeyStage } from './stage';
import { openTab, signInAsTenant } from './tenant-screens';

const stage = journeyStage();

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

test('a tenant’s transfer with the payment code is found in the bank’s file and pays the bill, a stranger’s waits until somebody assigns it', async () => {
  const { browsers, apiUrl, simulatorUrl } = stage();
  const phone = `137${String(Date.now()).slice(-8)}`;
  const { staff, credentials } = await signUp(apiUrl);
  await aSmallCommunity(staff, { name: '王小明', phone });
  const admin = await openPage(browsers[0], DESKTOP);
  const tenant = await openPage(browsers[1], PHONE);
  await signInAsStaff(admin, apiUrl, credentials);
  await signLease(admin, '101', '王小明');

  await signInAsTenant(tenant, { apiUrl, simulatorUrl, phone });
  await openTab(tenant, apiUrl, 'bills');
  const code = await tenant.getByTestId('payment-code').textContent();
  expect(code).toMatch(/^[0-9A-Z]{4} [0-9A-Z]{4}$/);
  await takePicture(tenant, 'tenant-payment-code');

  const day = shanghaiDate(Date.now());
  const coded = {
    day,
    time: '',
    credit: '6000.00',
    balance: '16000.00',
    number: 'C1',
    payer: '王建国',
    remark: `首期 ${code}`,
  };
  const stranger = {
    day,
    time: '',
    credit: '88.00',
    balance: '16088.00',
    number: 'C2',
    payer: '王建国',
    remark: '水费',
  };
  const fee = { day, time: '', debit: '10.50', balance: '16077.50', number: 'C3', remark: '手续费' };
  const file = cmbFile(coded, stranger, fee);

  await admin.getByRole('menuitem', { name: '银行流水' }).click();
  await chooseFile(admin, '招商银行.csv', file.replace('6000.00', '6000.001'));
  await admin.getByText(/第 2 行：金额不是整分/).waitFor();
  await takePicture(admin, 'admin-bank-refused');
  await chooseFile(admin, '招商银行.csv', file);
  await admin.getByText('这只是试运行').waitFor();
  expect(await admin.getByTestId('bank-incoming').textContent()).toContain('付款码');
  await takePicture(admin, 'admin-bank-dry-run');
  await admin.getByRole('button', { name: '确认导入' }).click();
  await admin.getByText('已导入。').waitFor();
  await admin.getByRole('cell', { name: '水费' }).last().waitFor();
  await takePicture(admin, 'admin-bank-imported');

  await tenant.getByText('没有待付账单').waitFor();
  await chooseFile(admin, '招商银行.csv', file);
  await admin.getByText('没有新内容').waitFor();

  await admin.getByRole('button', { name: '认领到租约' }).click();
  await admin.getByRole('radio').first().click();
  await admin.getByLabel('原因').fill('租客父亲代付水费');
  await takePicture(admin, 'admin-bank-assign');
  await admin.getByRole('dialog').getByRole('button', { name: '认领到租约' }).click();
  await admin.getByRole('dialog').waitFor({ state: 'hidden' });
  await admin.getByText('当前筛选下没有银行流水').waitFor();
  await takePicture(admin, 'admin-bank-assigned');
  await admin.getByRole('button', { name: '中文' }).click();
  await admin.getByRole('menuitem', { name: 'English' }).click();
  await admin.getByText('Import a bank statement').waitFor();
  await admin.getByRole('combobox', { name: 'State' }).click();
  await admin.getByRole('option', { name: 'Assigned' }).click();
  await admin.getByText('租客父亲代付水费').waitFor();
  await takePicture(admin, 'admin-bank-english');
  await admin.getByRole('link', { name: /^HT/ }).click();
  await admin.getByText('88.00').first().waitFor();
  await takePicture(admin, 'admin-bank-lease');
}, 240_000);
