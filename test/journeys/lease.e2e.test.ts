import { expect, test } from '@jest/globals';
import { addMonths, shanghaiDate } from '../../domain/calendar';
import { approve, seeDoor, signInAsStaff, signLease, travelTo } from './admin-screens';
import { DESKTOP, openPage, PHONE, takePicture } from './browser';
import { aSmallCommunity, signUp } from './staff-api';
import { journeyStage } from './stage';
import { leaveEarly, openTab, payBy, signInAsTenant } from './tenant-screens';

/*
 * today            + 1 month: due     + 1 month and 2 days
 * |--- sign, pay, approve ---|--- not paid ---|--- door locked, paid, open again
 */
const stage = journeyStage();

test('a lease is signed on the board, paid by Alipay, approved, locked out when unpaid, opened again by paying by WeChat, and ended early for a penalty that the tenant saw', async () => {
  const { browsers, apiUrl, simulatorUrl } = stage();
  const phone = `139${String(Date.now()).slice(-8)}`;
  const { staff, credentials } = await signUp(apiUrl);
  await aSmallCommunity(staff, { name: '王小明', phone });
  const admin = await openPage(browsers[0], DESKTOP);
  const tenant = await openPage(browsers[1], PHONE);

  await signInAsStaff(admin, apiUrl, credentials);
  await signLease(admin, '203', '王小明');

  await signInAsTenant(tenant, { apiUrl, simulatorUrl, phone });
  await payBy(tenant, '支付宝', /去支付/);

  await approve(admin);
  const due = addMonths(shanghaiDate(Date.now()), 1);
  await travelTo(admin, addMonths(due, 1));
  await seeDoor(admin, '已锁');
  await takePicture(admin, 'admin-lease-timeline');

  await openTab(tenant, apiUrl, 'door');
  await tenant.getByText('已锁门断电').waitFor();
  await tenant.getByText('虚拟门锁').waitFor();
  await openTab(tenant, apiUrl, 'bills');
  await tenant.getByRole('button', { name: /去支付/ }).waitFor();
  await takePicture(tenant, 'tenant-bills');

  await openTab(tenant, apiUrl, 'door');
  await payBy(tenant, '微信支付', /支付后自动开门/);
  await seeDoor(admin, '可开门');
  await openTab(tenant, apiUrl, 'door');
  await tenant.getByText('可以正常开门').waitFor();
  expect(await tenant.getByTestId('device-door').textContent()).toBe('可开门');

  expect(await leaveEarly(tenant, apiUrl, addMonths(due, 3))).toMatch(/^-[1-9]/);
  await admin.getByText('即将到期').first().waitFor();
}, 400_000);
