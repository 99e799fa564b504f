import { describe, expect, it } from '@jest/globals';
import { isOrderOver, ORDER_STATUSES, ORDER_TRANSITIONS, outTradeNoOf, waysTo } from './cashier-order';
import { parseId } from './ids';

describe('an order at a payment provider', () => {
  it('can become paid from every other state, since money that arrives is real', () => {
    expect([...waysTo('paid')].sort()).toEqual(ORDER_STATUSES.filter((status) => status !== 'paid').sort());
  });

  it('that was paid stays paid, and one that is over never waits again', () => {
    expect(ORDER_TRANSITIONS.paid).toEqual([]);
    for (const status of ORDER_STATUSES.filter(isOrderOver)) {
      expect(ORDER_TRANSITIONS[status].filter((to) => !isOrderOver(to))).toEqual([]);
    }
  });

  it('comes to every state but its first one', () => {
    for (const to of ORDER_STATUSES) expect(waysTo(to).length > 0).toBe(to !== 'created');
  });

  it('has a number that every provider takes', () => {
    expect(outTradeNoOf(parseId('0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b'))).toMatch(/^[0-9A-Za-z]{32}$/);
  });
});
