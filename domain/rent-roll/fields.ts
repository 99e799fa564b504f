import { parseAmount, parsePositiveAmount } from './amounts';
import type { Cell, Epoch, Parsed } from './cell';
import { parseDate } from './dates';
import { parseArea, parseFloor, parseMonths, parseRate, parseReading } from './measures';
import { parseIdKind, parseIdNumber, parsePhone } from './people';
import { parseCode, parseList, parseText } from './text';
import { parseAlignment, parseBasis, parseEscalation, parseMeterKind, parseOrientation, parsePayment } from './words';

/** One column that a sheet may have: what people call it, and what its cells mean. */
export type Field<T = unknown, Required extends boolean = boolean> = {
  readonly required: Required;
  /** The heading that the template writes, in Chinese and English. */
  readonly title: readonly [zh: string, en: string];
  /** Further names, parted by blanks; compared without case, blanks, brackets and punctuation. */
  readonly synonyms: string;
  readonly parse: (cell: Cell, epoch: Epoch) => Parsed<T>;
};

type Spec<T> = readonly [title: readonly [string, string], parse: Field<T>['parse'], synonyms?: string];

const must = <T>([title, parse, synonyms = '']: Spec<T>): Field<T, true> => ({
  required: true,
  title,
  parse,
  synonyms,
});
const may = <T>([title, parse, synonyms = '']: Spec<T>): Field<T, false> => ({
  required: false,
  title,
  parse,
  synonyms,
});

const name = (cell: Cell) => parseText(cell);
const spec = <T>(zh: string, en: string, parse: Field<T>['parse'], synonyms = ''): Spec<T> => [
  [zh, en],
  parse,
  synonyms,
];

const COMMUNITY = spec(
  '社区',
  'community',
  name,
  '小区 项目 公寓 门店 社区名称 小区名称 项目名称 公寓名称 communityname property site project estate',
);
const BUILDING = spec(
  '楼栋',
  'building',
  name,
  '楼 栋 幢 楼号 栋号 楼栋号 座 楼栋名称 buildingname block tower buildingno',
);
const ROOM = spec(
  '房号',
  'room',
  parseCode,
  '房间号 房间 房间编号 房源 房源编号 室号 门牌号 单元号 roomno roomnumber roomcode unit unitno room#',
);
const TYPE = spec('房型', 'room type', name, '户型 房间类型 房源类型 type roomtypename unittype layout');
const AREA = spec('面积', 'area', parseArea, '建筑面积 使用面积 房间面积 平米 平方 size sqm areasqm aream2');
const FLOOR = spec('楼层', 'floor', parseFloor, '层 所在楼层 level storey');
const FACING = spec('朝向', 'orientation', parseOrientation, '房间朝向 facing aspect');
const FACILITIES = spec(
  '设施',
  'facilities',
  parseList,
  '配置 配套 配套设施 房间配置 设施设备 家具家电 家私家电 amenities equipment furnishing',
);
const CYCLE = spec(
  '付款方式',
  'payment cycle',
  parsePayment,
  '付款周期 支付方式 支付周期 缴费周期 交租方式 押付方式 付租方式 cycle paymentterms payment payevery billingcycle',
);
const BASIS = spec('计价方式', 'rate basis', parseBasis, '租金单位 计租方式 basis priceunit');
const ESCALATION = spec(
  '年递增',
  'escalation',
  parseEscalation,
  '递增 租金递增 递增率 涨幅 年涨幅 annualincrease rentincrease increase',
);
const TENANT = spec(
  '租客',
  'tenant',
  name,
  '租户 承租人 租客姓名 租户姓名 承租人姓名 姓名 客户 客户姓名 住户 乙方 name tenantname lessee resident renter',
);
const PHONE = spec(
  '手机号',
  'phone',
  parsePhone,
  '电话 联系电话 手机 手机号码 联系方式 租客电话 租客手机 电话号码 mobile tel telephone phonenumber mobilenumber cell tenantphone contact',
);
const ID_KIND = spec('证件类型', 'ID type', parseIdKind, '证件种类 idkind documenttype iddocument');
const ID_NUMBER = spec(
  '身份证号',
  'ID number',
  parseIdNumber,
  '身份证 身份证号码 证件号 证件号码 idno idcard idcardno nationalid documentno documentnumber passportno',
);
const NUMBER = spec(
  '合同编号',
  'lease number',
  parseCode,
  '合同号 租约编号 租约号 leaseno contractno contractnumber agreementno',
);
const START = spec(
  '起租日',
  'start date',
  parseDate,
  '开始日期 租期开始 合同开始 合同开始日期 合同起始日 起始日 起始日期 租赁开始日期 入住日期 入住日 起租日期 start startson leasestart from startdate movein moveindate',
);
const END = spec(
  '到期日',
  'end date',
  parseDate,
  '结束日期 租期结束 合同结束 合同结束日期 合同到期日 合同到期 到期日期 截止日 截止日期 终止日期 租赁结束日期 退租日期 end endson leaseend until to expiry expirydate enddate',
);
const RENT = spec(
  '月租金',
  'rent',
  parsePositiveAmount,
  '租金 房租 租金单价 合同租金 月租 租金标准 monthlyrent rentpermonth rentamount',
);
const DEPOSIT = spec(
  '押金',
  'deposit',
  parsePositiveAmount,
  '押金金额 已收押金 保证金 租赁押金 depositheld securitydeposit depositamount',
);
const PAID_UNTIL = spec(
  '租金已付至',
  'paid until',
  parseDate,
  '已付至 已交至 租金付至 房租已付至 缴费至 已缴至 租金到期日 交租至 paidto paidthrough rentpaiduntil rentpaidto paiduntildate',
);
const NEXT_PERIOD = spec(
  '下期起始日',
  'next period',
  parseDate,
  '下期账单起始日 下次收租期 下期开始日 下一账期 nextperiodstart nextperiodfrom billfrom billingfrom',
);
const ARREARS = spec(
  '欠费',
  'arrears',
  parseAmount,
  '欠租 欠款 欠费金额 欠缴 未付金额 期初欠费 期初余额 未缴 overdue outstanding balance openingbalance balancedue amountowed',
);
const PREPAID = spec(
  '预存余额',
  'prepayment',
  parsePositiveAmount,
  '预付款 预存 预收款 余额 预缴 prepaid credit creditbalance advance',
);
const ALIGNMENT = spec('账期对齐', 'alignment', parseAlignment, '账期方式 对齐方式 billingalignment');
const TAX = spec('税率', 'tax rate', parseRate, '增值税率 vat tax taxrate');
const READ_ON = spec('抄表日期', 'read on', parseDate, '抄表日 读数日期 抄表时间 readingdate readdate');

const ROOM_FACTS = {
  type: may(TYPE),
  area: may(AREA),
  floor: may(FLOOR),
  orientation: may(FACING),
  facilities: may(FACILITIES),
};

const TENANT_FACTS = { phone: may(PHONE), idKind: may(ID_KIND), idNumber: may(ID_NUMBER) };

const LEASE_FACTS = {
  basis: may(BASIS),
  cycle: may(CYCLE),
  escalation: may(ESCALATION),
  alignment: may(ALIGNMENT),
  taxRate: may(TAX),
  deposit: may(DEPOSIT),
  paidUntil: may(PAID_UNTIL),
  nextPeriod: may(NEXT_PERIOD),
  arrears: may(ARREARS),
  prepayment: may(PREPAID),
  number: may(NUMBER),
};

const meterPair = (zh: string, en: string, words: { readonly no: string; readonly reading: string }) => ({
  no: may(spec(`${zh}表号`, `${en} meter`, parseCode, `${zh}表表号 ${words.no}`)),
  reading: may(spec(`${zh}表读数`, `${en} reading`, parseReading, words.reading)),
});

const WATER = meterPair('水', 'water', {
  no: '水表 水表编号 水表号码 watermeterno watermeternumber',
  reading: '水表底数 水表示数 水读数 水表止数 watermeterreading',
});
const POWER = meterPair('电', 'electric', {
  no: '电表 电表编号 电表号码 electricmeterno electricitymeter electricitymeterno powermeter',
  reading:
    '电表底数 电表示数 电读数 电表止数 electricmeterreading electricityreading electricitymeterreading powerreading',
});
const HOT = meterPair('热水', 'hot water', {
  no: '热水表 热水表编号 hotwatermeterno',
  reading: '热水表底数 热水读数 hotwatermeterreading',
});
const GAS = meterPair('燃气', 'gas', {
  no: '燃气表 气表号 气表 gasmeterno',
  reading: '燃气表底数 气表读数 燃气读数 gasmeterreading',
});

/** Every column that the import understands, by sheet. A sheet is told by its name or, failing that, by its headings. */
export const SHEET_FIELDS = {
  communities: {
    community: must<string>([['社区', 'community'], name, `${COMMUNITY[2]} 名称`]),
    city: may(spec('城市', 'city', name, '所在城市')),
    address: may(spec('地址', 'address', name, '详细地址 项目地址 street')),
  },
  buildings: { community: must(COMMUNITY), building: must(BUILDING) },
  rooms: { community: must(COMMUNITY), building: may(BUILDING), room: must(ROOM), ...ROOM_FACTS },
  prices: {
    community: must(COMMUNITY),
    type: may(TYPE),
    building: may(BUILDING),
    room: may(ROOM),
    minMonths: may(
      spec('最短租期', 'min months', parseMonths, '最短租期月 租期下限 起租月数 minterm minimummonths minimumterm'),
    ),
    maxMonths: may(
      spec('最长租期', 'max months', parseMonths, '最长租期月 租期上限 maxterm maximummonths maximumterm'),
    ),
    cycle: may(CYCLE),
    rate: must(
      spec('价格', 'price', parsePositiveAmount, '单价 租金 月租金 挂牌价 标准价 rate rent listprice monthlyrent'),
    ),
    basis: may(BASIS),
    validFrom: may(
      spec('生效日期', 'valid from', parseDate, '生效日 起效日期 执行日期 effectivefrom effective startdate'),
    ),
    depositMonths: may(spec('押金月数', 'deposit months', parseMonths, '押几 押月 押金(月) deposit(months)')),
    taxRate: may(TAX),
    escalation: may(ESCALATION),
  },
  tenants: { tenant: must(TENANT), ...TENANT_FACTS },
  leases: {
    community: must(COMMUNITY),
    building: may(BUILDING),
    room: must(ROOM),
    tenant: must(TENANT),
    ...TENANT_FACTS,
    start: must(START),
    end: must(END),
    rent: must(RENT),
    ...LEASE_FACTS,
  },
  meters: {
    community: must(COMMUNITY),
    building: may(BUILDING),
    room: must(ROOM),
    kind: must(spec('表计类型', 'meter type', parseMeterKind, '类型 表类型 类别 种类 kind type meterkind utility')),
    meter: must(
      spec('表号', 'meter number', parseCode, '表计编号 表具编号 表编号 meter meterno meterid serial serialnumber'),
    ),
    reading: may(spec('读数', 'reading', parseReading, '底数 示数 表底 当前读数 meterreading currentreading')),
    readOn: may(READ_ON),
  },
  rentRoll: {
    community: must(COMMUNITY),
    building: may(BUILDING),
    room: must(ROOM),
    ...ROOM_FACTS,
    listRent: may(spec('挂牌租金', 'list rent', parsePositiveAmount, '挂牌价 标价 参考租金 askingrent marketrent')),
    rent: may(RENT),
    tenant: may(TENANT),
    ...TENANT_FACTS,
    start: may(START),
    end: may(END),
    ...LEASE_FACTS,
    waterNo: WATER.no,
    waterReading: WATER.reading,
    hotWaterNo: HOT.no,
    hotWaterReading: HOT.reading,
    powerNo: POWER.no,
    powerReading: POWER.reading,
    gasNo: GAS.no,
    gasReading: GAS.reading,
    readOn: may(READ_ON),
  },
} as const satisfies Record<string, Readonly<Record<string, Field>>>;

export type SheetKind = keyof typeof SHEET_FIELDS;

export const SHEET_KINDS = Object.keys(SHEET_FIELDS) as SheetKind[];

/** A row after its cells were understood: required fields are there, others may be null. */
export type Row<Kind extends SheetKind> = {
  readonly [F in keyof (typeof SHEET_FIELDS)[Kind]]: (typeof SHEET_FIELDS)[Kind][F] extends Field<infer T, infer R>
    ? R extends true
      ? T
      : T | null
    : never;
};
