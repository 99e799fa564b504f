import type { Alignment, Escalation, PaymentCycle, RateBasis } from '../terms';
import { parsePositiveAmount } from './amounts';
import { type Cell, is, narrow, not, type Parsed, show } from './cell';

export type Orientation =
  | 'south'
  | 'north'
  | 'east'
  | 'west'
  | 'southEast'
  | 'southWest'
  | 'northEast'
  | 'northWest'
  | 'northSouth'
  | 'eastWest';

export type MeterKind = 'coldWater' | 'hotWater' | 'electricity' | 'gas';

/** 付款方式: what is paid at once, and how many months' rent are held, where the words say so (押一付三). */
export type Payment = { readonly cycle: PaymentCycle; readonly depositMonths: number | null };

type Words<T> = ReadonlyMap<string, T>;

/** Turns `value: 'word word word'` round: every word (lower case, no blanks within) leads to its value. */
const words = <T extends string | number>(table: { readonly [V in T]: string }): Words<T> =>
  new Map(Object.entries<string>(table).flatMap(([value, list]) => list.split(' ').map((word) => [word, value as T])));

const ORIENTATIONS = words<Orientation>({
  south: '南 south s',
  north: '北 north n',
  east: '东 east e',
  west: '西 west w',
  southEast: '东南 南东 southeast se',
  southWest: '西南 南西 southwest sw',
  northEast: '东北 北东 northeast ne',
  northWest: '西北 北西 northwest nw',
  northSouth: '南北 南北通透 northsouth ns',
  eastWest: '东西 eastwest ew',
});

const METER_KINDS = words<MeterKind>({
  coldWater: '水 水表 冷水 冷水表 water coldwater',
  hotWater: '热水 热水表 hotwater',
  electricity: '电 电表 electric electricity power',
  gas: '燃气 燃气表 气表 天然气 gas',
});

const BASES = words<RateBasis>({
  perMonth: '月 按月 月租 permonth month monthly',
  perDay: '日 天 按日 按天 日租 perday day daily',
});

const ALIGNMENTS = words<Alignment>({
  leaseDate: '起租日 按起租日 leasedate',
  calendarMonth: '自然月 按自然月 calendarmonth',
});

const CYCLES: Words<PaymentCycle> = new Map<string, PaymentCycle>([
  ...cycleWords(1, '月付 按月 每月 monthly month'),
  ...cycleWords(2, '双月付 两月付 二月付 bimonthly'),
  ...cycleWords(3, '季付 按季 每季 季度付 quarterly quarter'),
  ...cycleWords(6, '半年付 半年 halfyearly semiannual semiannually'),
  ...cycleWords(12, '年付 年 按年 每年 yearly annual annually'),
  ...cycleWords('wholeTerm', '一次性 一次付清 一次性付清 全额 全款 wholeterm upfront'),
]);

function cycleWords(cycle: PaymentCycle, list: string): [string, PaymentCycle][] {
  return list.split(' ').map((word) => [word, cycle]);
}

const NUMERALS = '零一二三四五六七八九十';

/** The word as the tables spell it: narrow, lower case, without blanks, dashes and a leading 朝/向. */
const bare = (cell: Cell): string =>
  typeof cell === 'string' || typeof cell === 'number'
    ? narrow(String(cell))
        .toLowerCase()
        .replace(/[\s_/-]/g, '')
    : '';

export const parseOrientation = (cell: Cell): Parsed<Orientation> =>
  oneOf(
    ORIENTATIONS,
    bare(cell)
      .replace(/^(?:坐北)?朝/, '')
      .replace(/[向面]$/, ''),
    {
      cell,
      what: '朝向',
      choices: '南、北、东、西、东南、南北',
    },
  );

export const parseMeterKind = (cell: Cell): Parsed<MeterKind> =>
  oneOf(METER_KINDS, bare(cell), { cell, what: '表计类型', choices: '水、热水、电、燃气' });

export const parseBasis = (cell: Cell): Parsed<RateBasis> =>
  oneOf(BASES, bare(cell).replace(/^元/, ''), { cell, what: '计价方式', choices: '月、日' });

export const parseAlignment = (cell: Cell): Parsed<Alignment> =>
  oneOf(ALIGNMENTS, bare(cell), { cell, what: '账期对齐', choices: '起租日、自然月' });

type Asked = { readonly cell: Cell; readonly what: string; readonly choices: string };

function oneOf<T>(known: Words<T>, word: string, { cell, what, choices }: Asked): Parsed<T> {
  const value = known.get(word);
  return value === undefined
    ? not(`${what}“${show(cell)}”无法识别,可填:${choices}`, `"${show(cell)}" is not one of: ${choices}`)
    : is(value);
}

const PAYMENT_WORDS = /^(?:押([^付]+)付(.+)|付([^押]+)押(.+))$/;

/** 押一付三, 押1付3, 付三押一, 季付, quarterly, 3, 3个月. A cycle that the platform does not bill (押一付四) is refused. */
export function parsePayment(cell: Cell): Parsed<Payment> {
  const word = bare(cell);
  const [, held, paid, paidFirst, heldLast] = PAYMENT_WORDS.exec(word) ?? [];
  const depositMonths = numeral(held ?? heldLast);
  const paidWord = paid ?? paidFirst;
  const cycle = paidWord === undefined ? cycleOf(word) : cycleOf(paidWord);
  if (cycle === undefined || (paidWord !== undefined && depositMonths === undefined)) {
    return not(
      `付款方式“${show(cell)}”无法识别,可填:押一付三、月付、季付、半年付、年付、一次性,或 1、2、3、6、12`,
      `"${show(cell)}" is not a way of paying: monthly, quarterly, half-yearly, yearly, whole term, or 1, 2, 3, 6, 12 months`,
    );
  }
  return is({ cycle, depositMonths: depositMonths ?? null });
}

function cycleOf(word: string): PaymentCycle | undefined {
  const named = CYCLES.get(word);
  if (named !== undefined) return named;
  const months = numeral(word.replace(/^(?:每|付)/, '').replace(/(?:个?月|months?)付?$/, ''));
  return months === 1 || months === 2 || months === 3 || months === 6 || months === 12 ? months : undefined;
}

/** 0 to 12 in digits or in Chinese (两 is 2, 十二 is 12). */
function numeral(word: string | undefined): number | undefined {
  const plain = word?.replace(/个?月$/, '').replace('两', '二') ?? '';
  if (/^\d{1,2}$/.test(plain)) return Number(plain);
  const teen = plain.length === 2 && plain.startsWith('十') ? 10 : 0;
  const index = NUMERALS.indexOf(teen ? plain.slice(1) : plain);
  return plain === '' || plain.length > 2 || (plain.length === 2 && !teen) || index < 0 ? undefined : teen + index;
}

/** 5%, 0.05 (what Excel keeps for 5%), 每年递增5%, or an amount such as 100元. A bare 5 could be either, and is refused. */
export function parseEscalation(cell: Cell): Parsed<Escalation> {
  if (typeof cell === 'number' && cell > 0 && cell < 1) return percent(cell * 100);
  if (cell === 0) return is({ kind: 'none' });
  const text = bare(cell).replace(/^(?:每年|逐年|年)?(?:递增|上涨|增长|涨)?/, '');
  const rate = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (rate !== undefined) return percent(Number(rate));
  if (/元$|^¥/.test(text)) {
    const amount = parsePositiveAmount(text);
    return amount.ok ? is({ kind: 'amount', amountFen: amount.value }) : amount;
  }
  return not(`递增“${show(cell)}”无法识别,可填 5% 或 100元`, `"${show(cell)}" is not an escalation; write 5% or 100元`);
}

function percent(value: number): Parsed<Escalation> {
  const basisPoints = Math.round(value * 100);
  if (basisPoints > 5000) return not(`递增 ${value}% 过高`, `an escalation of ${value}% is too high`);
  return is(basisPoints === 0 ? { kind: 'none' } : { kind: 'percent', basisPoints });
}
