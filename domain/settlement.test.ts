import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fen, sumFen } from './money';
import { explainSettlement, settle } from './settlement';
import { anOpenBill, someFen, someOpenBills } from './test-arbitraries';

describe('settlement at checkout', () => {
  test('gives the deposit and the credit back when nothing is owed', () => {
    const result = settle({ depositFen: fen(300_000), prepaymentFen: fen(5_000), open: [], damages: [] });
    expect(result).toMatchObject({ refundFen: 305_000, owedFen: 0 });
    expect(result.lines.map((line) => line.text)).toEqual(['押金 3,000.00 元', '预存余额 50.00 元']);
    expect(explainSettlement(result)).toBe('应退 3,050.00 元');
  });

  test('takes open bills, damages and the penalty off and explains each', () => {
    const result = settle({
      depositFen: fen(300_000),
      prepaymentFen: fen(0),
      open: [anOpenBill({ openFen: fen(120_000) })],
      damages: [{ text: '门锁损坏', amountFen: fen(20_000) }],
      penalty: { text: '提前退租', amountFen: fen(200_000) },
    });
    expect(result).toMatchObject({ refundFen: 0, owedFen: 40_000 });
    expect(result.lines.map((line) => [line.kind, line.text, line.amountFen])).toEqual([
      ['deposit', '押金 3,000.00 元', 300_000],
      ['bill', '租期账单（2026年3月1日到期）未付 1,200.00 元', -120_000],
      ['damage', '赔偿：门锁损坏 200.00 元', -20_000],
      ['penalty', '违约金：提前退租 2,000.00 元', -200_000],
    ]);
    expect(explainSettlement(result)).toBe('应补缴 400.00 元');
  });

  test('is even when deposit and debts are equal', () => {
    const result = settle({ depositFen: fen(300_000), prepaymentFen: fen(0), open: [anOpenBill()], damages: [] });
    expect(explainSettlement(result)).toBe('已结清，无需退款或补缴');
  });

  test('refuses a damage that would pay the tenant', () => {
    const damages = [{ text: '错误', amountFen: fen(-1) }];
    expect(() => settle({ depositFen: fen(0), prepaymentFen: fen(0), open: [], damages })).toThrow(RangeError);
  });

  test('never refunds and claims at once, and loses no fen', () => {
    const someDamages = fc.array(fc.record({ text: fc.string(), amountFen: someFen() }), { maxLength: 4 });
    fc.assert(
      fc.property(someFen(), someFen(), someOpenBills, someDamages, (depositFen, prepaymentFen, open, damages) => {
        const { lines, refundFen, owedFen } = settle({ depositFen, prepaymentFen, open, damages });
        const taken = sumFen([...open.map((b) => b.openFen), ...damages.map((d) => d.amountFen)]);
        expect(refundFen - owedFen).toBe(depositFen + prepaymentFen - taken);
        expect(sumFen(lines.map((line) => line.amountFen))).toBe(refundFen - owedFen);
        expect(Math.min(refundFen, owedFen)).toBe(0);
        expect(Math.min(...lines.map((line) => Math.abs(line.amountFen)), 1)).toBeGreaterThan(0);
      }),
    );
  });
});
