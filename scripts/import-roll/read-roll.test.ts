import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { localDate } from '../../domain/calendar';
import type { Cell } from '../../domain/rent-roll/cell';
import { decodeText, readCsv } from './csv';
import { EXAMPLE_DAY, exampleSheet } from './example-roll';
import { readRoll } from './read-roll';
import { UnreadableFile } from './sheet-reader';
import { templateWorkbook } from './template';
import { readXlsx } from './xlsx/read';
import { showsDay } from './xlsx/styles';
import { writeXlsx } from './xlsx/write';

type Read = { sheets: { name: string; epoch: number; rows: Cell[][] }[] };

const collect = () => {
  const read: Read = { sheets: [] };
  const reader = {
    sheet: ({ name, epoch }: { name: string; epoch: number }) => void read.sheets.push({ name, epoch, rows: [] }),
    row: ({ cells }: { cells: readonly Cell[] }) => void read.sheets.at(-1)?.rows.push([...cells]),
  };
  return { read, reader };
};

/** A workbook by hand: one sheet with this inside, and whatever else is given. */
const workbook = (sheet: string, parts: Record<string, string> = {}, workbookPr = '') =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries({
          'xl/workbook.xml': `<workbook xmlns:r="r">${workbookPr}<sheets><sheet name="表" r:id="rId1"/><sheet name="藏" state="hidden" r:id="rId1"/></sheets></workbook>`,
          'xl/_rels/workbook.xml.rels':
            '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
          'xl/worksheets/sheet1.xml': sheet,
          ...parts,
        }).map(([path, text]) => [path, strToU8(text)]),
      ),
    ),
  );

const STYLES =
  '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>';

const rowsOf = async (bytes: Buffer) => {
  const { read, reader } = collect();
  await readXlsx(bytes, reader);
  return read.sheets;
};

describe('a workbook', () => {
  it('comes back cell by cell from what the writer wrote', async () => {
    const rows = [
      ['社区', 'a<b>&"c"', ' 空格 '],
      [1.5, { date: localDate('2026-02-28') }, null, '末'],
    ];
    expect(await rowsOf(writeXlsx([{ name: '表 & 1', rows }]))).toEqual([{ name: '表 & 1', epoch: 1900, rows }]);
  });

  it('gives inline and rich texts, formulas by their saved value, errors, days by style, and fills no gaps wrongly', async () => {
    const sheet = `<worksheet><sheetData><row r="2"><c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></is></c>
      <c r="C2"><f>1+1</f><v>2</v></c><c r="D2" t="str"><f>x</f><v>文</v></c><c r="E2" t="e"><v>#REF!</v></c>
      <c r="F2" s="1"><v>46023.75</v></c><c r="G2" s="2"><v>46023</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>`;
    const [{ rows } = { rows: [] }] = await rowsOf(workbook(sheet, { 'xl/styles.xml': STYLES }));
    const day = { date: '2026-01-01' };
    expect(rows).toEqual([['甲乙', null, 2, '文', { error: '#REF!' }, day, day, true]]);
  });

  it('counts from 1904 where the workbook says so', async () => {
    const sheet = '<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>44561</v></c></row></sheetData></worksheet>';
    const [{ rows, epoch } = { rows: [], epoch: 0 }] = await rowsOf(
      workbook(sheet, { 'xl/styles.xml': STYLES }, '<workbookPr date1904="1"/>'),
    );
    expect([epoch, rows]).toEqual([1904, [[{ date: '2026-01-01' }]]]);
  });

  it('marks the blanks of a cell merged downwards', async () => {
    const sheet = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>A</t></is></c><c r="B1"><v>1</v></c></row>
      <row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>`;
    const [{ rows } = { rows: [] }] = await rowsOf(workbook(sheet));
    expect(rows).toEqual([
      ['A', 1],
      [{ above: 'A' }, 2],
      [null, 3],
    ]);
  });

  it('is refused when it hides a document type, is cut off, or is an old .xls', async () => {
    const bomb = workbook('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>');
    await expect(rowsOf(bomb)).rejects.toThrow(UnreadableFile);
    const whole = writeXlsx([{ name: 'x', rows: [['a']] }]);
    await expect(rowsOf(whole.subarray(0, whole.length - 30))).rejects.toThrow(UnreadableFile);
    const xls = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)]);
    await expect(readRoll({ name: 'a.xls', bytes: xls })).rejects.toThrow('.xlsx');
  });

  it('is refused before it is unpacked when a part claims to be gigantic', async () => {
    const bytes = workbook('<worksheet/>');
    const at = bytes.indexOf(Buffer.from('504b0102', 'hex')); // first entry of the central directory
    bytes.writeUInt32LE(0xfffffff0, at + 24);
    await expect(rowsOf(bytes)).rejects.toThrow('过大');
  });

  it('knows which formats show a day', () => {
    expect(['yyyy-mm-dd', 'm/d/yy h:mm', 'yyyy"年"m"月"d"日"'].every(showsDay)).toBe(true);
    expect(['General', '0.00', '[Red]0', '#,##0"yd"', 'h:mm'].some(showsDay)).toBe(false);
  });
});

describe('a text file', () => {
  const rowsOfCsv = async (bytes: Buffer) => {
    const { read, reader } = collect();
    await readCsv(bytes, 'x', reader);
    return read.sheets[0]?.rows;
  };

  it('reads the same as UTF-8 with and without a mark, as UTF-16 and as GB18030', async () => {
    const rows = [
      ['社区', '房号'],
      ['滨江,公寓', '101'],
    ];
    const text = '社区,房号\r\n"滨江,公寓",101\r\n';
    const gb18030 = Buffer.from('c9e7c7f82cb7bfbac50d0a22b1f5bdad2cb9abd4a2222c3130310d0a', 'hex');
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      gb18030,
    ]) {
      expect(await rowsOfCsv(bytes)).toEqual(rows);
    }
    expect(decodeText(gb18030)).toBe(text);
  });

  it('may be parted by tabs or semicolons, and keeps its row numbers over blank lines', async () => {
    expect(await rowsOfCsv(Buffer.from('a\tb\n\n1\t2\n'))).toEqual([['a', 'b'], [null], ['1', '2']]);
    expect(await rowsOfCsv(Buffer.from('a;b\n1;2\n'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('is refused when it is no text', async () => {
    await expect(readRoll({ name: 'x.csv', bytes: Buffer.from([1, 0, 2, 0]) })).rejects.toThrow(UnreadableFile);
  });
});

describe('a file in which nothing is recognised', () => {
  it.each([
    ['nonsense.csv', '姓名;金额\n张三;100\n', '没有认出任何表头'],
    ['readme.xlsx', '# 公寓\n\n这不是表格\n', '文件名是 Excel 工作簿'],
    ['empty.csv', '', '没有认出任何表头'],
  ])('is refused with advice instead of imported as nothing: %s', async (name, text, zh) => {
    const reading = readRoll({ name, bytes: Buffer.from(text) });
    await expect(reading).rejects.toThrow(UnreadableFile);
    await expect(reading).rejects.toThrow(new RegExp(`${zh}.*下载导入模板.* / .*download the template`));
  });

  it('is told by the sheet when its name promises one, so that a dry run shows where', async () => {
    const { refused } = await readRoll({ name: '租金表.csv', bytes: Buffer.from('甲,乙\n1,2\n') });
    expect(refused).toMatchObject([{ sheet: '租金表', row: 1, reason: expect.stringContaining('找不到表头行') }]);
  });
});

describe('a workbook that another program wrote', () => {
  const fixture = (name: string): Buffer => readFileSync(join(__dirname, 'fixtures', name));

  it.each(['written-by-openpyxl.xlsx', 'written-by-xlsxwriter.xlsx'])('says the same as our own: %s', async (name) => {
    const sheet = exampleSheet({ rooms: 1000, asOf: EXAMPLE_DAY });
    const ours = writeXlsx([{ ...sheet, rows: [...sheet.rows].slice(0, 6) }]);
    const roll = await readRoll({ name, bytes: fixture(name) });
    expect(roll.rooms.size).toBe(5);
    expect(roll).toEqual(await readRoll({ name: 'ours.xlsx', bytes: ours }));
  });
});

describe('the files that ship', () => {
  it('has a thousand rooms in the example, nothing refused, and the bytes that its generator writes', async () => {
    const bytes = readFileSync(join(__dirname, '..', '..', 'examples', 'rent-roll-1000.xlsx'));
    expect(bytes.equals(writeXlsx([exampleSheet({ rooms: 1000, asOf: EXAMPLE_DAY })]))).toBe(true);
    const roll = await readRoll({ name: 'rent-roll-1000.xlsx', bytes });
    expect([roll.rooms.size, roll.leases.size, roll.refused]).toEqual([1000, 900, []]);
  }, 60_000);

  it('has a template in which every heading is understood and nothing is refused', async () => {
    const roll = await readRoll({ name: 't.xlsx', bytes: templateWorkbook() });
    expect(roll.refused).toEqual([]);
    expect(roll.ignored).toEqual([{ sheet: '说明', column: '', heading: '' }]);
  });
});
