import { describe, expect, it } from '@jest/globals';
import { type Cell, columnLetters } from './cell';
import { type Field, SHEET_FIELDS, SHEET_KINDS } from './fields';
import { matchHeadings, sheetKindByHeadings, withUpperHeadings } from './headings';
import { aFlatSheet, aLetRoom, aPlan, aRoll } from './test-roll';

const refusalsOf = (...rows: readonly (readonly Cell[])[]) => aPlan(aRoll(aFlatSheet(...rows))).refused;

describe('headings', () => {
  it('finds every title of every sheet, in Chinese, in English and as the template writes both', () => {
    for (const kind of SHEET_KINDS) {
      const titles = Object.values<Field>(SHEET_FIELDS[kind]).map(({ title }) => title);
      for (const headings of [
        titles.map(([zh]) => zh),
        titles.map(([, en]) => en),
        titles.map((t) => `${t.join(' ')} *`),
      ]) {
        const { columns, ignored, refused, missing } = matchHeadings(kind, headings);
        expect({ kind, found: columns.size, ignored, refused, missing }).toEqual({
          kind,
          found: titles.length,
          ignored: [],
          refused: [],
          missing: [],
        });
      }
    }
  });

  it('takes them in any order, wide, with blanks and units in brackets', () => {
    const { columns } = matchHeadings('rentRoll', ['房 号', '月租金(元)', '项目名称', '面 积(㎡)', 'Tenant Name']);
    expect(Object.fromEntries(columns)).toEqual({ room: 0, rent: 1, community: 2, area: 3, tenant: 4 });
  });

  it('refuses a unit that would change the amounts, and a second column of the same meaning', () => {
    const { refused } = matchHeadings('rentRoll', ['社区', '房号', '租金(万元)', '房间号']);
    expect(refused.map(({ column, why }) => [column, why])).toEqual([
      [2, 'unit'],
      [3, 'twice'],
    ]);
  });

  it('joins a group heading with its parts', () => {
    const upper = ['社区', '房号', '水表', null, '电表', null];
    const lower = [null, null, '表号', '读数', '表号', '读数'];
    const { columns } = matchHeadings('rentRoll', withUpperHeadings('rentRoll', upper, lower));
    expect([...columns.keys()]).toEqual(['community', 'room', 'waterNo', 'waterReading', 'powerNo', 'powerReading']);
  });

  it('tells a sheet of rooms from a rent roll by what its headings say', () => {
    expect(sheetKindByHeadings(['社区', '房号', '面积'])).toBe('rooms');
    expect(sheetKindByHeadings(['社区', '房号', '面积', '租客', '起租日'])).toBe('rentRoll');
    expect(sheetKindByHeadings(['社区', '房号', '租客', '起租日', '到期日', '月租金'])).toBe('rentRoll');
    expect(sheetKindByHeadings(['合计', '备注'])).toBeUndefined();
  });
});

describe('a rent roll', () => {
  it('becomes places, a tenant and a running lease that bills from the day after the rent is paid', () => {
    const plan = aPlan(
      aRoll(
        aFlatSheet(
          aLetRoom(),
          aLetRoom({ 房号: '102', 租客: '空置', 手机号: null, 起租日: null, 到期日: null, 租金已付至: null }),
        ),
      ),
    );
    expect(plan.refused).toEqual([]);
    expect(plan.created).toMatchObject({ communities: 1, buildings: 1, rooms: 2, tenants: 1, leases: 1, prices: 1 });
    expect(plan.changes.newLeases[0]).toMatchObject({ billedUntil: '2026-12-01', depositFen: 300_000 });
    expect(plan.changes.newPrices[0]).toMatchObject({ rateFen: 300_000, validFrom: '2026-11-24' });
  });

  it('names sheet, row, column and heading of each bad cell, all of them at once', () => {
    const bad = aLetRoom({ 房号: '102', 月租金: '3千', 手机号: '12345', 起租日: '2026-02-30' });
    expect(refusalsOf(aLetRoom(), bad)).toEqual([
      { sheet: '租金表', row: 3, column: 'D', reason: expect.stringMatching(/^月租金: .*数字/) },
      { sheet: '租金表', row: 3, column: 'H', reason: expect.stringMatching(/^手机号: /) },
      { sheet: '租金表', row: 3, column: 'I', reason: expect.stringMatching(/^起租日: .*不是存在的日期/) },
    ]);
  });

  it('refuses a room that stands in the file twice', () => {
    expect(refusalsOf(aLetRoom(), aLetRoom({ 房号: '１０１' }))).toMatchObject([{ row: 3, column: 'C' }]);
  });

  it('refuses one phone for two people', () => {
    expect(refusalsOf(aLetRoom(), aLetRoom({ 房号: '102', 租客: '李四' }))).toMatchObject([{ row: 3, column: 'H' }]);
  });

  it('refuses arrears that cannot hold the periods begun since the rent was paid', () => {
    const paid = { 租金已付至: '2026-08-31' };
    // September, October and November have begun: 9,000 yuan
    expect(refusalsOf(aLetRoom({ ...paid, 欠费: 500 }))).toMatchObject([{ row: 2, column: 'K' }]);
    expect(refusalsOf(aLetRoom(paid))).toMatchObject([{ row: 2, column: 'K' }]);
    const plan = aPlan(aRoll(aFlatSheet(aLetRoom({ ...paid, 欠费: 9000 }))));
    expect(plan.changes.newLeases[0]).toMatchObject({ billedUntil: '2026-12-01', arrearsFen: 900_000 });
  });

  it('takes a row whole or not at all', () => {
    const plan = aPlan(aRoll(aFlatSheet(aLetRoom({ 到期日: '2026-10-31', 租金已付至: null }))));
    expect(plan.refused).toMatchObject([{ row: 2, column: 'J', reason: expect.stringContaining('到期') }]);
    expect(plan.created).toMatchObject({ communities: 0, rooms: 0, tenants: 0, leases: 0 });
  });

  it('reports headings that it does not know', () => {
    const roll = aRoll({
      name: '租金表',
      rows: [
        ['社区', '房号', '备注'],
        ['A', '1', 'x'],
      ],
    });
    expect(roll.ignored).toEqual([{ sheet: '租金表', column: columnLetters(2), heading: '备注' }]);
    expect(aPlan(roll).created.rooms).toBe(1);
  });
});

describe('separate sheets', () => {
  const rooms = {
    name: '房间',
    rows: [
      ['社区', '楼栋', '房号'],
      ['A', '1栋', '101'],
    ],
  };
  const leases = (...rows: string[][]) => ({
    name: '租约',
    rows: [['社区', '楼栋', '房号', '租客', '手机号', '起租日', '到期日', '月租金'], ...rows],
  });

  it('may come in any order, and a lease may name its tenant alone', () => {
    const tenants = {
      name: '租客',
      rows: [
        ['姓名', '手机号'],
        ['张三', '13900139000'],
      ],
    };
    const lease = ['A', '1栋', '101', '张三', '', '2026-01-01', '2026-12-31', '2000'];
    const plan = aPlan(aRoll(leases(lease), rooms, tenants));
    expect(plan.refused).toEqual([]);
    expect(plan.created).toMatchObject({ rooms: 1, tenants: 1, leases: 1 });
  });

  it('refuses a lease that overlaps another of the room, and a room that nobody states', () => {
    const first = ['A', '1栋', '101', '张三', '13900139000', '2026-01-01', '2026-12-31', '2000'];
    const overlapping = ['A', '1栋', '101', '李四', '13900139001', '2026-12-31', '2027-12-30', '2000'];
    const nowhere = ['A', '1栋', '999', '王五', '13900139002', '2026-01-01', '2026-12-31', '2000'];
    const { refused, created } = aPlan(aRoll(rooms, leases(first, overlapping, nowhere)));
    expect(refused).toMatchObject([
      { sheet: '租约', row: 3, column: 'F' },
      { sheet: '租约', row: 4, column: 'C' },
    ]);
    expect(created).toMatchObject({ leases: 1, tenants: 1 });
  });

  it('takes a community that the sheet of communities lacks for a slip of the keyboard', () => {
    const communities = {
      name: '社区',
      rows: [
        ['社区', '城市'],
        ['B', '杭州'],
      ],
    };
    expect(aPlan(aRoll(communities, rooms)).refused).toMatchObject([{ sheet: '房间', row: 2, column: 'A' }]);
  });
});
