import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BillLine, LineKind } from './bill';
import { localDate } from './calendar';
import { type Id, parseId } from './ids';
import {
  balanceOf,
  CHART_OF_ACCOUNTS,
  type LedgerTransaction,
  PAYMENT_CHANNELS,
  postBill,
  postCreditUse,
  postDepositMove,
  postOpening,
  postPayment,
  postRefund,
  postRefundDue,
  postVoidBill,
  postWaiver,
} from './ledger';
import { fen, sumFen } from './money';

const someId = <Kind extends string>(digit: string): Id<Kind> =>
  parseId<Kind>(`0190${digit.repeat(4)}-0000-7000-8000-000000000000`);
const leaseId = someId<'lease'>('1');
const paymentId = someId<'payment'>('2');
const refundId = someId<'refund'>('3');
const posting = { leaseId, at: '2026-03-01T02:00:00.000Z' };

const line = (kind: LineKind, amount: number, tax = 0): BillLine => ({
  kind,
  from: localDate('2026-03-01'),
  until: localDate('2026-04-01'),
  amountFen: fen(amount),
  taxFen: fen(tax),
  explain: '',
});

const bill = (key: string, ...lines: BillLine[]) => ({ key, lines });
const amounts = (transaction: LedgerTransaction | null) =>
  Object.fromEntries((transaction?.entries ?? []).map(({ account, amountFen }) => [account, amountFen]));

const first = bill('first', line('deposit', 300_000), line('rent', 300_000, 14_286), line('discount', -30_000, -1_429));

describe('posting bills', () => {
  test('a billed deposit is owed back to the tenant, tax to the state, the rest is earned', () => {
    const posted = postBill(posting, first);
    expect(posted).toMatchObject({ key: `bill/${leaseId}/first`, kind: 'bill', at: posting.at, reverses: null });
    expect(amounts(posted)).toEqual({
      receivable: 570_000,
      deposit: -300_000,
      'revenue.rent': -285_714,
      'tax.output': -12_857,
      discount: 28_571,
    });
  });

  test('a credit note becomes the tenant’s credit', () => {
    expect(amounts(postBill(posting, bill('adjustment/1', line('rent', -10_000, -476))))).toEqual({
      prepayment: -10_000,
      'revenue.rent': 9_524,
      'tax.output': 476,
    });
  });

  test('a bill that is free of charge still shows what was given, and an empty one posts nothing', () => {
    const free = postBill(posting, bill('period/2026-03-01', line('rent', 1_000), line('discount', -1_000)));
    expect(amounts(free)).toEqual({ 'revenue.rent': -1_000, discount: 1_000 });
    expect(postBill(posting, bill('empty', line('rent', 0)))).toBeNull();
  });

  test('a void names what it reverses, leaves nothing of the bill, and keeps what was paid as credit', () => {
    const reversal = postVoidBill(posting, first, fen(100_000));
    expect(reversal).toMatchObject({ key: `void/${leaseId}/first`, reverses: `bill/${leaseId}/first` });
    expect(amounts(reversal)).toMatchObject({ receivable: -470_000, prepayment: -100_000, deposit: 300_000 });
    expect(() => postVoidBill(posting, first, fen(570_001))).toThrow(RangeError);
  });
});

describe('posting money', () => {
  test('a payment pays bills and leaves the rest as credit', () => {
    const payment = { paymentId, channel: 'wechat', amountFen: fen(1_000), leftoverFen: fen(100) } as const;
    const posted = postPayment(posting, { ...payment, allocations: [{ key: 'first', amountFen: fen(900) }] });
    expect(posted.key).toBe(`payment/${paymentId}`);
    expect(amounts(posted)).toEqual({ 'cash.wechat': 1_000, receivable: -900, prepayment: -100 });
    expect(() => postPayment(posting, { ...payment, allocations: [] })).toThrow('100 is not 1000');
  });

  test('nothing is posted for no amount: the caller has made a mistake', () => {
    const nothing = { paymentId, channel: 'cash', amountFen: fen(0), allocations: [], leftoverFen: fen(0) } as const;
    expect(() => postPayment(posting, nothing)).toThrow(RangeError);
    expect(() => postWaiver(posting, { waiverId: 'w', amountFen: fen(0) })).toThrow(RangeError);
    expect(() => postDepositMove(posting, { amountFen: fen(-1), cause: 'settlement' })).toThrow(RangeError);
  });

  test('an imported lease brings its deposit, its credit or its arrears', () => {
    const open = (balance: number, deposit: number) =>
      amounts(postOpening(posting, { balanceFen: fen(balance), depositFen: fen(deposit) }));
    expect(open(500, 3_000)).toEqual({ receivable: 500, deposit: -3_000, opening: 2_500 });
    expect(open(-500, 3_000)).toEqual({ prepayment: -500, deposit: -3_000, opening: 3_500 });
    expect(postOpening(posting, { balanceFen: fen(0), depositFen: fen(0) })).toBeNull();
  });

  test('a whole lease, settled and refunded, leaves nothing owed to or by the tenant', () => {
    const damage = bill('damage', line('damage', 20_000));
    const story = [
      postBill(posting, first),
      postPayment(posting, {
        paymentId,
        channel: 'alipay',
        amountFen: fen(575_000),
        allocations: [{ key: 'first', amountFen: fen(570_000) }],
        leftoverFen: fen(5_000),
      }),
      postBill(posting, damage),
      postDepositMove(posting, { amountFen: fen(300_000), cause: 'settlement' }),
      postCreditUse(posting, { billKey: 'damage', amountFen: fen(18_000), cause: 'settlement' }),
      postWaiver(posting, { waiverId: 'w', amountFen: fen(2_000) }),
      postRefundDue(posting, { refundId, amountFen: fen(287_000) }),
      postRefund(posting, { refundId, parts: [{ channel: 'alipay', amountFen: fen(287_000) }], from: 'refundPayable' }),
    ].filter((t) => t !== null);
    for (const account of ['receivable', 'deposit', 'prepayment', 'refundPayable'] as const) {
      expect([account, balanceOf(account, story)]).toEqual([account, 0]);
    }
    expect(balanceOf('cash.alipay', story)).toBe(288_000);
    expect(new Set(story.map((t) => t.key)).size).toBe(story.length);
  });
});

describe('the books', () => {
  test('the chart names each account once, in both languages, with a cash account for each channel', () => {
    const codes = CHART_OF_ACCOUNTS.map((account) => account.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { nameZh, nameEn } of CHART_OF_ACCOUNTS) expect(nameZh && nameEn).toBeTruthy();
    for (const channel of PAYMENT_CHANNELS) expect(codes).toContain(`cash.${channel}`);
  });

  const kinds: LineKind[] = [
    'rent',
    'discount',
    'deposit',
    'propertyFee',
    'network',
    'furniture',
    'lateFee',
    'penalty',
  ];
  const more: LineKind[] = ['damage', 'opening', 'water', 'electricity', 'other'];
  const someLine = fc
    .tuple(fc.constantFrom(...kinds, ...more), fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(100))
    .map(([kind, amount, percent]) => line(kind, amount, Math.trunc((amount * percent) / 200)));
  const someBill = fc.array(someLine, { maxLength: 8 }).map((lines) => bill('any', ...lines));

  test('every bill balances, on accounts of the chart, and is worth its total to the tenant', () => {
    const codes = new Set(CHART_OF_ACCOUNTS.map((account) => account.code));
    fc.assert(
      fc.property(someBill, (draft) => {
        const entries = postBill(posting, draft)?.entries ?? [];
        expect(sumFen(entries.map((e) => e.amountFen))).toBe(0);
        expect(entries.length === 0 || entries.length >= 2).toBe(true);
        expect(new Set(entries.map((e) => e.account)).size).toBe(entries.length);
        for (const { account, amountFen } of entries)
          expect([codes.has(account), amountFen !== 0]).toEqual([true, true]);
        const owed = amounts(postBill(posting, draft));
        const total = draft.lines.reduce((sum, l) => sum + l.amountFen, 0);
        expect((owed.receivable ?? 0) + (owed.prepayment ?? 0)).toBe(total);
      }),
    );
  });

  test('a bill and its void together leave only what was paid, as credit', () => {
    fc.assert(
      fc.property(someBill, fc.double({ min: 0, max: 1, noNaN: true }), (draft, share) => {
        const total = draft.lines.reduce((sum, l) => sum + l.amountFen, 0);
        const paid = fen(Math.floor(Math.max(0, total) * share));
        const both = [postBill(posting, draft), postVoidBill(posting, draft, paid)].filter((t) => t !== null);
        for (const { code } of CHART_OF_ACCOUNTS) {
          const expected = code === 'receivable' ? paid : code === 'prepayment' ? -paid : 0;
          expect([code, balanceOf(code, both)]).toEqual([code, expected === 0 ? 0 : expected]);
        }
      }),
    );
  });
});
