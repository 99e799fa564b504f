import { addDays, addMonths, type LocalDate, localDate } from '../../domain/calendar';
import { citizenCheckDigit } from '../../domain/rent-roll/people';
import type { OutCell, OutSheet } from './xlsx/write';

/** How big the roll is and on what day it was drawn up. All people in it are invented; nothing in it depends on chance. */
export type ExampleRoll = { readonly rooms: number; readonly asOf: LocalDate };

/** The day of the example in the repository. */
export const EXAMPLE_DAY = localDate('2026-11-01');

const HEADINGS = [
  '社区',
  '楼栋',
  '房号',
  '房型',
  '面积(㎡)',
  '楼层',
  '朝向',
  '设施',
  '月租金(元)',
  '付款方式',
  '押金(元)',
  '租客',
  '手机号',
  '身份证号',
  '起租日',
  '到期日',
  '欠费(元)',
  '水表号',
  '水表读数',
  '电表号',
  '电表读数',
  '抄表日期',
];
const WIDTHS = [14, 8, 8, 10, 10, 6, 8, 28, 12, 10, 10, 10, 14, 21, 12, 12, 10, 16, 10, 16, 10, 12];

const COMMUNITIES = [
  '滨江青年公寓',
  '科技园公寓',
  '西湖里',
  '高铁新城公寓',
  '大学城公寓',
  '空港公寓',
  '湖畔里',
  '创业园公寓',
];
const TYPES = [
  { name: '标准单间', area: 22.5, rent: 1800, facilities: '床、衣柜、空调、热水器' },
  { name: '豪华单间', area: 28, rent: 2300, facilities: '床、衣柜、空调、热水器、洗衣机、冰箱' },
  { name: '一室一厅', area: 42.8, rent: 3200, facilities: '床、衣柜、沙发、空调、热水器、洗衣机、冰箱' },
  { name: '两室一厅', area: 68, rent: 4600, facilities: '床、衣柜、沙发、空调、热水器、洗衣机、冰箱、电视' },
] as const;
const ORIENTATIONS = ['南', '北', '东南', '西'];
const WAYS = ['押一付一', '押一付三', '押一付六'];
const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高'];
const GIVEN = [...'伟芳娜敏静磊洋勇艳杰涛明超霞平刚桂建文丽'];

const pick = <T>(list: readonly T[], n: number): T => {
  const item = list[n % list.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
};

/** One sheet as landlords keep it: a row per room, nine in ten of them let. */
export const exampleSheet = (roll: ExampleRoll): OutSheet => ({
  name: '租金表',
  rows: { [Symbol.iterator]: () => exampleRows(roll) },
  widths: WIDTHS,
});

function* exampleRows({ rooms, asOf }: ExampleRoll): Generator<readonly OutCell[]> {
  yield HEADINGS;
  for (let n = 0; n < rooms; n++) yield roomRow(n, asOf);
}

const ROOMS_PER_FLOOR = 10;
const FLOORS = 12;
const BUILDINGS = 4;

function roomRow(n: number, asOf: LocalDate): OutCell[] {
  const floor = Math.floor(n / ROOMS_PER_FLOOR) % FLOORS;
  const building = Math.floor(n / (ROOMS_PER_FLOOR * FLOORS)) % BUILDINGS;
  const community = Math.floor(n / (ROOMS_PER_FLOOR * FLOORS * BUILDINGS));
  const type = pick(TYPES, n);
  const place = [
    communityName(community),
    `${building + 1}栋`,
    `${floor + 1}${String((n % ROOMS_PER_FLOOR) + 1).padStart(2, '0')}`,
  ];
  const facts = [type.name, type.area, floor + 1, pick(ORIENTATIONS, n), type.facilities];
  const rent = type.rent + floor * 20;
  const meters = [
    `W${String(n + 1).padStart(9, '0')}`,
    12 + (n % 300),
    `E${String(n + 1).padStart(9, '0')}`,
    340.5 + (n % 2000),
    { date: asOf },
  ];
  const lease = n % 10 === 9 ? vacant(rent) : letTo(n, rent, asOf);
  return [...place, ...facts, ...lease, ...meters];
}

const communityName = (n: number): string =>
  n < COMMUNITIES.length ? pick(COMMUNITIES, n) : `${pick(COMMUNITIES, n)}${Math.floor(n / COMMUNITIES.length) + 1}期`;

const vacant = (rent: number): OutCell[] => [rent, '押一付三', null, null, null, null, null, null, null];

/** Long enough that the example in the repository stays importable for years. */
const LEASE_MONTHS = 36;

/** A lease that began some months ago; one in twenty owes a month's rent. */
function letTo(n: number, rent: number, asOf: LocalDate): OutCell[] {
  const start = addDays(addMonths(asOf, -1 - (n % 10)), -(n % 27));
  const end = addDays(addMonths(start, LEASE_MONTHS), -1);
  const way = pick(WAYS, n * 7);
  const person = [tenantName(n), phone(n), idNumber(n)];
  return [rent, way, rent, ...person, { date: start }, { date: end }, n % 20 === 3 ? rent : null];
}

const tenantName = (n: number): string =>
  pick(SURNAMES, n) + pick(GIVEN, Math.floor(n / 20)) + (n % 3 === 0 ? '' : pick(GIVEN, n * 13));

/** Eight digits that count up, so that no number is met twice. */
const phone = (n: number): string => `199${String(10_000_000 + n)}`;

function idNumber(n: number): string {
  const born = addDays(localDate('1975-01-01'), (n * 37) % 10_000).replaceAll('-', '');
  // 990000 is no district: the number passes its check digit and can belong to nobody.
  const first17 = `99${String(Math.floor(n / 1000) % 10_000).padStart(4, '0')}${born}${String(n % 1000).padStart(3, '0')}`;
  return first17 + citizenCheckDigit(first17);
}
