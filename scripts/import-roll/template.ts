import { type Field, SHEET_FIELDS, type SheetKind } from '../../domain/rent-roll/fields';
import { type OutCell, type OutSheet, writeXlsx } from './xlsx/write';

/** The one sheet that most landlords need first; the others are for those who keep things apart. */
const SHEETS: readonly (readonly [name: string, kind: SheetKind])[] = [
  ['租金表', 'rentRoll'],
  ['价格表', 'prices'],
  ['社区', 'communities'],
  ['楼栋', 'buildings'],
  ['房间', 'rooms'],
  ['租客', 'tenants'],
  ['租约', 'leases'],
  ['表计', 'meters'],
];

const NOTES: readonly (readonly OutCell[])[] = [
  ['填写说明', 'How to fill this in'],
  ['多数情况只需填写“租金表”:一行一间房。', 'Most landlords need the sheet 租金表 only: one row per room.'],
  [
    '带 * 的列必填;不用的列和表可以删除,列的顺序随意。',
    'Columns with * are needed; the rest may be deleted and stand in any order.',
  ],
  ['身份证号、表号所在列请设为“文本”。', 'Format columns of ID and meter numbers as text.'],
  ['日期写成 2026-01-05;金额写成 3000 或 3,000.00。', 'Write days as 2026-01-05, amounts as 3000 or 3,000.00.'],
  [
    '租金填现行租金;“租金已付至”的次日起由平台出账。',
    'Rent is what is paid now; the platform bills from the day after "paid until".',
  ],
  [
    '先试运行,逐条改正后再正式导入;全部正确才会写入。',
    'Do a dry run first; nothing is written until every row is right.',
  ],
];

/** An empty workbook with every heading that the import understands. */
export const templateWorkbook = (): Buffer =>
  writeXlsx([...SHEETS.map(([name, kind]) => emptySheet(name, kind)), { name: '说明', rows: NOTES, widths: [60, 70] }]);

function emptySheet(name: string, kind: SheetKind): OutSheet {
  const fields = Object.values<Field>(SHEET_FIELDS[kind]);
  const headings = fields.map(({ title: [zh, en], required }) => `${zh} ${en}${required ? ' *' : ''}`);
  return { name, rows: [headings], widths: headings.map((heading) => Math.max(12, heading.length + 4)) };
}
