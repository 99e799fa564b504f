import { ROLL_KINDS, type RollKind } from '../../domain/rent-roll/roll';
import type { ImportReport } from './import-roll';

const NAMES: Readonly<Record<RollKind, string>> = {
  communities: '社区 communities',
  buildings: '楼栋 buildings',
  roomTypes: '房型 room types',
  rooms: '房间 rooms',
  prices: '价格 prices',
  tenants: '租客 tenants',
  leases: '租约 leases',
  meters: '表计 meters',
  readings: '读数 readings',
};

const MOST_REFUSALS = 200;

/** Chinese characters are two columns wide on a terminal. */
const width = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
const right = (value: number | string): string => String(value).padStart(10);

/** The report as a table for people. */
export function printReport(report: ImportReport): string {
  const { created, changed, unchanged, refused } = report;
  const lines = [
    headline(report),
    '',
    `${pad('', 24)}${['created', 'changed', 'unchanged'].map(right).join('')}`,
    ...ROLL_KINDS.map(
      (kind) => `${pad(NAMES[kind], 24)}${[created[kind], changed[kind], unchanged[kind]].map(right).join('')}`,
    ),
  ];
  for (const { sheet, column, heading } of report.ignored) {
    const where = heading === '' ? `工作表 sheet “${sheet}”` : `“${sheet}” ${column} “${heading}”`;
    lines.push(`未使用 ignored: ${where}`);
  }
  if (refused.length > 0) lines.push('', `${refused.length} 处问题 refused:`);
  for (const { sheet, row, column, reason } of refused.slice(0, MOST_REFUSALS)) {
    lines.push(`  “${sheet}” ${column ?? ''}${row}: ${reason}`);
  }
  if (refused.length > MOST_REFUSALS)
    lines.push(`  … 其余 ${refused.length - MOST_REFUSALS} 处见 --json / the rest with --json`);
  return `${lines.join('\n')}\n`;
}

function headline({ dryRun, stored, refused }: ImportReport): string {
  if (dryRun) return '试运行,没有写入 / dry run, nothing was written';
  if (!stored)
    return '未导入:请改正下列问题,或用 --skip-bad-rows 跳过 / not imported: mend the rows below, or use --skip-bad-rows';
  return refused.length > 0 ? '已导入,跳过有问题的行 / imported without the refused rows' : '已导入 / imported';
}
