import { type Cell, is, narrow, not, type Parsed, show } from './cell';

/** Square metres as whole cm²; `35.5`, `35.5㎡`, `35.5平米`. */
export function parseArea(cell: Cell): Parsed<number> {
  const metres = decimal(cell, /(?:m2|m²|sqm|平方米|平米|平方|平)$/i);
  if (metres === undefined || metres <= 0 || metres > 100_000) {
    return not(`“${show(cell)}”不是面积(平方米)`, `"${show(cell)}" is not an area in square metres`);
  }
  return is(Math.round(metres * 10_000));
}

/** 3, 3F, 3层, 第3层; B1, -1, 负一层 are below ground. */
export function parseFloor(cell: Cell): Parsed<number> {
  const text = narrow(typeof cell === 'number' ? String(cell) : typeof cell === 'string' ? cell : '')
    .toUpperCase()
    .replace(/\s+/g, '')
    .replace(/^第/, '')
    .replace(/(?:层|楼|F)$/, '')
    .replace(/^(?:B|负|地下)/, '-')
    .replace(/^-?[一二三]$/, (word) => word.replace(/[一二三]/, (digit) => String('一二三'.indexOf(digit) + 1)));
  const floor = /^-?\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return floor >= -20 && floor <= 200 ? is(floor) : not(`“${show(cell)}”不是楼层`, `"${show(cell)}" is not a floor`);
}

/** A whole number of months; `12`, `12个月`, `12 months`. */
export function parseMonths(cell: Cell): Parsed<number> {
  const months = decimal(cell, /(?:个月|月|months?)$/i);
  return months !== undefined && Number.isInteger(months) && months >= 0 && months <= 600
    ? is(months)
    : not(`“${show(cell)}”不是月数`, `"${show(cell)}" is not a number of months`);
}

/** 6% or 0.06 (what Excel keeps for 6%) as basis points. */
export function parseRate(cell: Cell): Parsed<number> {
  const typed = typeof cell === 'string' && /[%%]\s*$/.test(cell);
  const value = decimal(cell, /%$/);
  const share = value === undefined ? undefined : typed ? value / 100 : value;
  return share !== undefined && share >= 0 && share < 1
    ? is(Math.round(share * 10_000))
    : not(`“${show(cell)}”不是税率,请写成 5%`, `"${show(cell)}" is not a rate; write 5%`);
}

/** A meter's counter in thousandths of its unit (kWh, m³), the way the record keeps it. */
export function parseReading(cell: Cell): Parsed<number> {
  const value = decimal(cell, /(?:kwh|度|吨|m3|m³|立方米|立方|方)$/i);
  if (value === undefined || value < 0 || value >= 1e9) {
    return not(`“${show(cell)}”不是表计读数`, `"${show(cell)}" is not a meter reading`);
  }
  return is(Math.round(value * 1000));
}

function decimal(cell: Cell, unit: RegExp): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== 'string') return undefined;
  const text = narrow(cell).replace(/\s+/g, '').replace(unit, '');
  return /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : undefined;
}
