import { addDays, addMonths, type LocalDate, shanghaiDate, shanghaiInstant } from '../../domain/calendar';
import { parseId } from '../../domain/ids';
import { payAtCashier } from '../../service-adapters/cashier/pay-at-cashier';
import type { Cast } from './cast';
import { type LeaseWatch, until, watchLease } from './lease-watch';

/** 押一付二: rent is paid every two months, the third and the fourth time not when it is due. */
const CYCLE = 2;
const MISSED = [3, 4];
const MONTHS = 12;

type Say = (line: string) => void;

/** A year of a lease on the running platform, from party B's signature to the last fen. Answers the lease. */
export async function playLease(cast: Cast, say: Say): Promise<LeaseWatch> {
  const startsOn = shanghaiDate(Date.now());
  const endsOn = addDays(addMonths(startsOn, MONTHS), -1);
  const lease = await sign(cast, startsOn, endsOn);
  say('signed, paid, approved, sealed: the lease is effective');
  for (let period = 2; period <= MONTHS / CYCLE; period += 1) {
    const dueOn = addMonths(startsOn, (period - 1) * CYCLE);
    if (MISSED.includes(period)) {
      if (!MISSED.includes(period + 1)) await missAndMakeUp(cast, lease, dueOn, say);
      continue;
    }
    await lease.travelTo(shanghaiInstant(addDays(dueOn, -4), 12));
    await pay(cast, lease);
  }
  say('every bill is paid');
  await leave(cast, lease, endsOn);
  say('checked out, inspected, settled, refunded: the lease is closed');
  return lease;
}

async function sign(cast: Cast, startsOn: LocalDate, endsOn: LocalDate): Promise<LeaseWatch> {
  const { admin, tenantId, roomId, operatorId } = cast;
  const body = { tenantId, roomId, startsOn, endsOn, cycle: CYCLE };
  const { leaseId } = await admin.send<{ leaseId: string }>('POST', '/v1/leases', body);
  const lease = watchLease(cast, operatorId, parseId<'lease'>(leaseId));
  await until('the first bill', async () => (await lease.openBillIds()).length > 0);
  await pay(cast, lease);
  await until('the approval to wait', async () => (await lease.status()) === 'awaitingApproval');
  await admin.send('POST', `/v1/leases/${leaseId}/approval`, { decision: 'approve' });
  await until('party A to seal', async () => (await lease.status()) === 'effective');
  return lease;
}

/** Two bills are missed: the room is shut the day after the first, and given back within seconds once both are paid. The late fee is due later. */
async function missAndMakeUp(cast: Cast, lease: LeaseWatch, secondDueOn: LocalDate, say: Say): Promise<void> {
  await lease.travelTo(shanghaiInstant(addDays(secondDueOn, 3), 9));
  await until('the room to be shut', async () => cast.room.shut());
  say('two payments missed: the virtual room reports its door locked and its power off');
  await pay(cast, lease);
  await until('the room to be given back', async () => cast.room.open() && (await lease.enforcement()) === 'none');
  say('paid late: the virtual room reports its door free and its power on');
}

/** The tenant pays everything that is open at the cashier's page; the cashier reports it, and the lease hears of it. */
async function pay({ tenant }: Cast, lease: LeaseWatch): Promise<void> {
  const billIds = await until('a bill to pay', async () => {
    const ids = await lease.openBillIds();
    return ids.length > 0 && ids;
  });
  const path = `/v1/my/leases/${lease.leaseId}/cashier-orders`;
  const order = await tenant.send<{ orderId: string; redirectUrl: string }>('POST', path, {
    billIds,
    channel: 'simulator',
  });
  await payAtCashier(order.redirectUrl, 'success');
  await until('the payment to reach the lease', () => lease.applied(order.orderId));
}

async function leave({ admin }: Cast, lease: LeaseWatch, endsOn: LocalDate): Promise<void> {
  await lease.travelTo(shanghaiInstant(addDays(endsOn, 1), 10));
  const damages = [{ text: '门锁面板损坏', amountFen: 12_000, evidence: [] }];
  await admin.send('POST', `/v1/leases/${lease.leaseId}/inspection`, { damages });
  await until('the lease to close', async () => (await lease.status()) === 'closed');
}
