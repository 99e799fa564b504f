import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { dateOf, dayNumber, localDate } from '../calendar';
import { parseAmount } from './amounts';
import { columnLetters, isBlank } from './cell';
import { excelDay, excelSerial, parseDate } from './dates';
import { parseArea, parseFloor, parseReading } from './measures';
import { citizenCheckDigit, parseIdNumber, parsePhone } from './people';
import { parseEscalation, parseOrientation, parsePayment } from './words';

const day = fc
  .integer({ min: dayNumber(localDate('1990-01-01')), max: dayNumber(localDate('2100-12-31')) })
  .map(dateOf);

const wide = (text: string) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

describe('a day', () => {
  it('comes back from its Excel serial number, whatever the day', () => {
    fc.assert(
      fc.property(day, (d) => excelDay(excelSerial(d), 1900) === d && excelDay(excelSerial(d) - 1462, 1904) === d),
    );
  });

  it('reads the same in every way people write it', () => {
    fc.assert(
      fc.property(day, (d) => {
        const [y, m, n] = d.split('-').map(Number);
        const texts = [
          d,
          `${y}/${m}/${n}`,
          `${y}.${m}.${n}`,
          `${y}年${m}月${n}日`,
          d.replaceAll('-', ''),
          `${d} 00:00:00`,
        ];
        for (const text of [...texts, ...texts.slice(0, 4).map(wide)])
          expect(parseDate(text)).toEqual({ ok: true, value: d });
      }),
    );
  });

  test.each(['2026-02-30', '01/02/2026', '26-1-5', '明天', '2026-13-01', ''])('%s is refused', (text) => {
    expect(parseDate(text).ok).toBe(false);
  });

  it('does not exist on 29 February 1900, which only Excel knows', () => {
    expect(excelDay(60, 1900)).toBeUndefined();
    expect([excelDay(59, 1900), excelDay(61, 1900)]).toEqual(['1900-02-28', '1900-03-01']);
  });
});

describe('an amount', () => {
  it('reads the same with signs, units, thousands and wide digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (value) => {
        const plain = (value / 100).toFixed(2);
        const grouped = plain.replace(/\B(?=(\d{3})+\.)/g, ',');
        for (const text of [
          plain,
          `¥${grouped}`,
          `${plain}元`,
          wide(grouped),
          `¥ ${grouped} 元/月`,
          `人民币${plain}元整`,
        ]) {
          expect(parseAmount(text)).toEqual({ ok: true, value });
        }
        expect(parseAmount(value / 100)).toEqual({ ok: true, value });
        if (value > 0) expect(parseAmount(`(${grouped})`)).toEqual({ ok: true, value: -value });
      }),
    );
  });

  test.each(['3千', '1.5万', '三千', '3,00', '面议', '3000.555', '1e3', '3 000元x'])('%s is refused', (text) => {
    expect(parseAmount(text).ok).toBe(false);
  });

  it('takes a formula with a float in its tail for what was meant', () => {
    expect(parseAmount(2999.9999999999995)).toEqual({ ok: true, value: 300_000 });
    expect(parseAmount(33.333).ok).toBe(false);
  });
});

describe('people', () => {
  it('passes the citizen number of the standard and refuses it with any one digit changed', () => {
    const number = '11010519491231002X';
    expect(parseIdNumber(number)).toEqual({ ok: true, value: { kind: 'residentId', number } });
    for (let i = 0; i < 17; i++) {
      const other = number.slice(0, i) + ((Number(number[i]) + 1) % 10) + number.slice(i + 1);
      expect(parseIdNumber(other).ok).toBe(false);
    }
    expect(citizenCheckDigit('11010519491231002')).toBe('X');
  });

  it('refuses an ID number that Excel has rounded, and says how to mend it', () => {
    const parsed = parseIdNumber(110105194912310020);
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringContaining('文本') });
  });

  it('keeps the number itself out of its reason', () => {
    const parsed = parseIdNumber('110105194912310021');
    expect(parsed.ok === false && parsed.reason).not.toContain('110105');
  });

  test.each([
    [13800138000, '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['+85291234567', '+85291234567'],
  ])('%s is the phone %s', (cell, value) => {
    expect(parsePhone(cell)).toEqual({ ok: true, value });
  });

  test.each(['0571-88888888', '1380013800', '23800138000'])('%s is no mobile', (text) => {
    expect(parsePhone(text).ok).toBe(false);
  });
});

describe('words', () => {
  test.each([
    ['押一付三', 3, 1],
    ['押1付3', 3, 1],
    ['押二付一', 1, 2],
    ['押一付半年', 6, 1],
    ['付三押一', 3, 1],
    ['季付', 3, null],
    ['quarterly', 3, null],
    ['12个月', 12, null],
    ['一次性', 'wholeTerm', null],
  ] as const)('%s pays every %s months and holds %s', (text, cycle, depositMonths) => {
    expect(parsePayment(text)).toEqual({ ok: true, value: { cycle, depositMonths } });
  });

  it('refuses a cycle that the platform does not bill', () => {
    expect(parsePayment('押一付四').ok).toBe(false);
    expect(parsePayment('constructor').ok).toBe(false);
  });

  test.each([
    ['朝南', 'south'],
    ['南北通透', 'northSouth'],
    ['South-East', 'southEast'],
    ['坐北朝南', 'south'],
  ])('%s faces %s', (text, value) => {
    expect(parseOrientation(text)).toEqual({ ok: true, value });
  });

  it('tells a percentage from an amount a year, and refuses what could be either', () => {
    expect(parseEscalation('每年递增5%')).toEqual({ ok: true, value: { kind: 'percent', basisPoints: 500 } });
    expect(parseEscalation(0.05)).toEqual({ ok: true, value: { kind: 'percent', basisPoints: 500 } });
    expect(parseEscalation('100元')).toEqual({ ok: true, value: { kind: 'amount', amountFen: 10_000 } });
    expect(parseEscalation(5).ok).toBe(false);
  });
});

describe('measures', () => {
  test.each([
    ['35.5㎡', 355_000],
    [22.5, 225_000],
    ['40平米', 400_000],
  ])('%s is an area', (cell, value) => {
    expect(parseArea(cell)).toEqual({ ok: true, value });
  });

  test.each([
    ['B1', -1],
    ['第3层', 3],
    ['12F', 12],
    ['负一层', -1],
  ])('%s is floor %d', (cell, value) => {
    expect(parseFloor(cell)).toEqual({ ok: true, value });
  });

  it('keeps a reading in thousandths', () => {
    expect(parseReading('1,234.567度')).toEqual({ ok: true, value: 1_234_567 });
    expect(parseReading('-3').ok).toBe(false);
  });
});

it('counts columns the way spreadsheets do', () => {
  expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});

it('takes the signs that people put for nothing as blank', () => {
  expect(['-', '——', '无', ' ', 'N/A', '/'].every((text) => isBlank(text))).toBe(true);
  expect(isBlank(0)).toBe(false);
});
