import { localDate } from '../calendar';
import { DEFAULT_POLICY } from '../default-policy';
import type { Cell } from './cell';
import type { Plan } from './changes';
import { createCollector } from './collect';
import { planImport } from './plan';
import type { Roll } from './roll';
import type { Snapshot } from './snapshot';
import { findHead } from './table';

export const TODAY = localDate('2026-11-24');

export type TestSheet = { readonly name: string; readonly rows: readonly (readonly Cell[])[] };

/** A roll from sheets as a reader would pass them on; the first row of each is row 1. */
export function aRoll(...sheets: readonly TestSheet[]): Roll {
  const collector = createCollector();
  for (const { name, rows } of sheets) {
    const raw = rows.map((cells, i) => ({ row: i + 1, cells }));
    const found = findHead({ name, epoch: 1900 }, raw.slice(0, 15));
    collector.head(found);
    for (const row of raw) if (found.head && row.row > found.head.headingRow) collector.row(found.head, row);
  }
  return collector.finish();
}

export const NOTHING_KNOWN: Snapshot = {
  operatorPolicy: DEFAULT_POLICY,
  communities: new Map(),
  buildings: new Map(),
  roomTypes: new Map(),
  rooms: new Map(),
  prices: new Map(),
  tenantsByIdNumber: new Map(),
  tenantsByPhone: new Map(),
  leases: new Map(),
  holds: new Map(),
  leaseNumbers: new Map(),
  meters: new Map(),
};

export function aPlan(roll: Roll, snapshot: Snapshot = NOTHING_KNOWN): Plan {
  let n = 0;
  const newId = () => `00000000-0000-7000-8000-${String(++n).padStart(12, '0')}`;
  return planImport({ roll, snapshot, asOf: TODAY, scope: null, newId });
}

const HEADINGS = [
  '社区',
  '楼栋',
  '房号',
  '月租金',
  '付款方式',
  '押金',
  '租客',
  '手机号',
  '起租日',
  '到期日',
  '租金已付至',
  '欠费',
];

/** The flat sheet with these rows under its headings. */
export const aFlatSheet = (...rows: readonly (readonly Cell[])[]): TestSheet => ({
  name: '租金表',
  rows: [HEADINGS, ...rows],
});

/** A let room, paid until the end of November; `cells` replaces columns by their heading. */
export function aLetRoom(cells: Readonly<Record<string, Cell>> = {}): Cell[] {
  const row: Record<string, Cell> = {
    社区: '滨江公寓',
    楼栋: '1栋',
    房号: '101',
    月租金: 3000,
    付款方式: '押一付一',
    押金: 3000,
    租客: '王小明',
    手机号: '13800138000',
    起租日: '2026-03-01',
    到期日: '2027-02-28',
    租金已付至: '2026-11-30',
    欠费: null,
    ...cells,
  };
  return HEADINGS.map((heading) => row[heading] ?? null);
}
