import { localDate } from '../../domain/calendar';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import { someTerms } from '../../domain/test-terms';
import type { ContractModel } from './model';

/** A contract for tests; imported by tests only. */
export const aContract = (overrides: Partial<ContractModel> = {}): ContractModel => ({
  number: 'L20260101-0001',
  signedOn: localDate('2025-12-28'),
  partyA: {
    name: '深圳市云栖公寓管理有限公司',
    idKind: '统一社会信用代码',
    idNumber: '91440300MA5XXXXX0X',
    phone: '0755-12345678',
    address: '深圳市南山区科技园南路 1 号',
  },
  partyB: { name: '张三丰', idKind: '居民身份证', idNumber: '440300********1234', phone: '138****0001', address: null },
  coTenants: [],
  room: {
    community: '云栖公寓',
    building: '1栋',
    room: '101室',
    address: '深圳市南山区创业路 88 号',
    areaCm2: 356_000,
    orientation: '南',
    facilities: ['空调', '洗衣机', '热水器', '衣柜'],
  },
  terms: someTerms(),
  policy: DEFAULT_POLICY,
  seals: [],
  ...overrides,
});
