import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { addDays, addMonths } from '../domain/calendar';
import { type LeaseWorld, leaseWorld } from '../test/lease-world';

jest.setTimeout(60_000);
let world: LeaseWorld;
beforeAll(async () => {
  world = await leaseWorld();
});
afterAll(() => world.close());

type Settled = { readonly refundFen: number; readonly lines: readonly { readonly amountFen: number }[] };

describe('a lease', () => {
  it('lives its whole life: signed, paid, approved, sealed, two months missed, locked, paid, released, checked out, closed', async () => {
    const lease = await world.sign();
    await lease.bringIntoEffect();
    const { startsOn, endsOn } = lease.parts.terms;
    for (let month = 1; month < 12; month += 1) {
      const dueOn = addMonths(startsOn, month);
      if (month === 4 || month === 5) continue;
      await lease.travelTo(addDays(dueOn, month === 6 ? 10 : -1));
      const state = await lease.state();
      if (month === 6) expect(state.enforcement).toBe('restricted');
      await lease.payNow(state.open.reduce((sum, { openFen }) => sum + openFen, 0));
      await lease.until(
        ({ open, enforcement }) => open.every(({ kind }) => kind === 'lateFee') && enforcement === 'none',
      );
    }
    await lease.travelTo(endsOn, 18);
    await lease.until(({ status }) => status === 'checkingOut');
    await lease.ask('recordInspection', { damages: [{ text: '门把手损坏', amountFen: 20_000, evidence: [] }] });
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'closed' });
    const events = await lease.events();
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'restricted')).toHaveLength(2);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'sealed',
        'billIssued',
        'paymentReceived',
        'reminded',
        'released',
        'settled',
        'refunded',
      ]),
    );
    const [settled] = events.filter(({ kind }) => kind === 'settled').map(({ data }) => data as unknown as Settled);
    expect(settled?.lines).toContainEqual(expect.objectContaining({ kind: 'deposit', amountFen: 300_000 }));
    expect(settled?.lines).toContainEqual(expect.objectContaining({ billKey: 'damage', amountFen: -20_000 }));
    expect(settled?.lines.reduce((total, { amountFen }) => total + amountFen, 0)).toBe(settled?.refundFen);
    const [{ sum } = { sum: -1 }] = await lease.query<{ sum: number }>(
      'SELECT coalesce(sum(amount_fen), 0) AS sum FROM ledger_entry WHERE lease_id = $1',
    );
    expect(sum).toBe(0);
  });
});
