import { describe, expect, test } from '@jest/globals';
import { encode } from 'iconv-lite';
import { CMB_HEADINGS, cmbFile, cmbRow, ICBC_FILE, MT940_FILE } from './fixtures';
import { keyLines } from './line-keys';
import { readStatement } from './read-statement';
import { BrokenStatement } from './statement';

const gbk = (text: string) => encode(text, 'gbk');
const utf8 = (text: string) => Buffer.from(text);

function refusal(text: string | Buffer): BrokenStatement {
  try {
    readStatement(typeof text === 'string' ? utf8(text) : text);
  } catch (error) {
    if (error instanceof BrokenStatement) return error;
    throw error;
  }
  throw new Error('the file was read');
}

const FIRST = { credit: '3,000.00', balance: '13,000.00', number: 'C1', payer: '王小明', remark: '房租' };
const SECOND = { debit: '15.50', balance: '12,984.50', number: 'C2', payer: '', remark: '手续费' };

describe('a statement of China Merchants Bank', () => {
  test('is read to the fen, in GBK and in UTF-8, with or without a mark', () => {
    const text = cmbFile(FIRST, SECOND);
    const read = readStatement(gbk(text));
    expect(read).toMatchObject({
      ...{ layout: 'cmb', account: '769915033910001', from: '2027-01-05', until: '2027-01-05' },
      ...{ openingFen: 1_000_000, closingFen: 1_298_450 },
      lines: [
        { line: 2, direction: 'credit', amountFen: 300_000, bankNumber: 'C1', payerName: '王小明', payerTail: '1234' },
        { line: 3, direction: 'debit', amountFen: 1_550, bookedAt: '2027-01-05T02:20:30.000Z', remark: '手续费' },
      ],
    });
    expect(readStatement(utf8(text))).toEqual(read);
    expect(readStatement(utf8(`\uFEFF${text}`))).toEqual(read);
  });

  test('that begins with the newest line is turned round', () => {
    const { lines, openingFen } = readStatement(utf8(cmbFile(SECOND, FIRST)));
    expect([lines.map(({ bankNumber }) => bankNumber), openingFen]).toEqual([['C1', 'C2'], 1_000_000]);
  });

  test('is refused whole, with the line and the reason in both languages', () => {
    const cases: [string, number, RegExp, RegExp][] = [
      [cmbFile(FIRST, { ...SECOND, currency: '美元' }), 3, /只支持人民币/, /only CNY/],
      [cmbFile({ ...FIRST, credit: '-3000.00' }), 2, /负数/, /negative/],
      [cmbFile({ ...FIRST, credit: '3000.005' }), 2, /整分/, /fraction of a fen/],
      [cmbFile({ ...FIRST, credit: '三千' }), 2, /不是金额/, /not an amount/],
      [cmbFile({ ...FIRST, debit: '1.00' }), 2, /只能有一个/, /exactly one/],
      [cmbFile({ ...FIRST, day: '2027-02-30' }), 2, /不是日期/, /not a date/],
      [cmbFile({ ...FIRST, time: '25:00:00' }), 2, /不是时间/, /not a time/],
      [cmbFile(FIRST, { ...SECOND, balance: '12,984.51' }), 3, /余额与上一笔对不上/, /does not follow/],
      [cmbFile(FIRST, SECOND).slice(0, -40), 3, /只下载了一半/, /cut off/],
      [`${CMB_HEADINGS}\r\n${cmbRow(FIRST)}\r\n"769915033910001,示`, 3, /一半/, /cut off|no complete/],
      [`${CMB_HEADINGS}\r\n`, 0, /没有任何流水/, /no lines/],
    ];
    for (const [text, line, zh, en] of cases) {
      const refused = refusal(text);
      expect([text.slice(-60), refused.line]).toEqual([text.slice(-60), line]);
      expect(refused.zh).toMatch(zh);
      expect(refused.en).toMatch(en);
      expect(refused.en).not.toMatch(/第 \d+ 行/);
    }
  });

  test('whose own numbers repeat is refused, because a number names one line', () => {
    const twice = cmbFile(FIRST, { ...FIRST, balance: '16,000.00' });
    expect(() => keyLines(readStatement(utf8(twice)).lines)).toThrow(/C1 stands there twice/);
  });
});

describe('a statement of ICBC', () => {
  test('is read from tabs and GBK, oldest line first, with its account and its time of day', () => {
    expect(readStatement(gbk(ICBC_FILE))).toMatchObject({
      ...{ layout: 'icbc', account: '4000023009200123456', from: '2027-01-05', until: '2027-01-06' },
      ...{ openingFen: 100_000, closingFen: 698_500 },
      lines: [
        { bookedAt: '2027-01-05T00:59:00.000Z', amountFen: 300_000, payerName: '王小明', remark: '房租 网转' },
        { bookedAt: '2027-01-05T01:00:00.000Z', amountFen: 300_000, bankNumber: null, payerTail: '4567' },
        { direction: 'debit', amountFen: 1_500 },
      ],
    });
  });

  test('in its older words is read as well', () => {
    const older = ICBC_FILE.replace('转入金额', '贷方发生额')
      .replace('转出金额', '借方发生额')
      .replace('对方单位', '对方单位名称');
    expect(readStatement(gbk(older))).toEqual(readStatement(gbk(ICBC_FILE)));
  });

  test('of two accounts is refused', () => {
    expect(refusal(ICBC_FILE.replace('4000023009200123456', '4000023009200999999')).zh).toContain('多个本方账号');
  });
});

describe('an MT940', () => {
  test('is read with its payers, reversals apart, and adds up', () => {
    expect(readStatement(utf8(MT940_FILE))).toMatchObject({
      ...{ layout: 'mt940', account: '4000023009200123456', from: '2027-01-05', until: '2027-01-05' },
      ...{ openingFen: 100_000, closingFen: 388_450 },
      lines: [
        {
          direction: 'credit',
          amountFen: 300_000,
          payerName: 'WANG XIAOMING',
          remark: 'rent K7Q2 9M4X',
          reversal: false,
        },
        { direction: 'debit', amountFen: 1_550, remark: 'service fee', bookedAt: null },
        { direction: 'debit', amountFen: 10_000, payerName: 'LI SI', reversal: true },
      ],
    });
  });

  test('of a booking in the old year keeps to that year', () => {
    const newYear = MT940_FILE.replace(':61:2701050105CR', ':61:2701021231CR');
    expect(readStatement(utf8(newYear)).lines[0]?.bookedOn).toBe('2026-12-31');
  });

  test('is refused when cut off, in foreign money, or when it does not add up', () => {
    const without62 = MT940_FILE.slice(0, MT940_FILE.indexOf(':62F:'));
    expect(refusal(without62)).toMatchObject({ line: 11, zh: expect.stringContaining('只下载了一半') });
    expect(refusal(MT940_FILE.replaceAll('CNY', 'USD')).en).toContain('only CNY');
    expect(refusal(MT940_FILE.replace('3884,50', '3884,51'))).toMatchObject({ line: 12, en: /add up/ });
    expect(refusal(MT940_FILE.replace('3000,00', '3000,001')).zh).toContain('整分');
    expect(refusal(MT940_FILE.replace(':60F:', ':60X:')).zh).toContain(':60F:');
    expect(refusal(MT940_FILE.replace('CR3000,00', 'CR-3000,00')).zh).toContain(':61:');
  });

  test('may hold several messages, which must follow each other', () => {
    const next = MT940_FILE.replace('C270104CNY1000,00', 'C270105CNY3884,50').replace(
      'CNY3884,50\r\n-}',
      'CNY6769,00\r\n-}',
    );
    expect(readStatement(utf8(MT940_FILE + next)).lines).toHaveLength(6);
    expect(refusal(MT940_FILE + MT940_FILE).zh).toContain('余额对不上');
  });
});

test('what is no statement at all is refused in words', () => {
  expect(refusal('a,b\n1,2\n').zh).toContain('不认识的流水格式');
  expect(refusal('').en).toContain('empty');
  expect(refusal(Buffer.from('PK\u0003\u0004\0\0')).zh).toContain('Excel');
});

test('a line is known by the same key in every file that holds it, and equal lines by their order', () => {
  const keysOf = (text: string) => keyLines(readStatement(gbk(text)).lines).map(({ key }) => key);
  const [marker = '', headings = '', ...rows] = ICBC_FILE.split('\r\n');
  const later = [marker, headings, ...rows.slice(0, 2)].join('\r\n');
  expect(keysOf(ICBC_FILE).slice(1)).toEqual(keysOf(later));
  const twice = MT940_FILE.replace(':61:2701050105RC100,00NTRFNONREF', ':61:2701050105D15,5NCHGNONREF')
    .replace(':86:/NAME/LI SI/REMI/taken back/', ':86:service fee')
    .replace('3884,50', '3969,00');
  const [, first = '', second = ''] = keysOf(twice);
  expect([first.slice(0, -2), first.slice(-2), second.slice(-2)]).toEqual([second.slice(0, -2), '-1', '-2']);
});
