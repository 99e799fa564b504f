/** Statements as the banks write them, for tests: figures and people are invented. */

export const CMB_HEADINGS =
  '账号,账号名称,币种,交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流水号,流程实例号,业务名称,用途,业务参考号,业务摘要,其它摘要,收(付)方分行名,收(付)方名称,收(付)方账号,收(付)方开户行行号,收(付)方开户行名,收(付)方开户行地址,母(子)公司账号分行名,母(子)公司账号,母(子)公司名称,信息标志,有否附件信息,冲账标志,扩展摘要,交易分析码,票据号,商务支付订单号,内部编号,公司一卡通号';

type CmbRow = {
  readonly day?: string;
  readonly time?: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly balance: string;
  readonly number: string;
  readonly remark?: string;
  readonly payer?: string;
  readonly currency?: string;
};

/** One line of a CMB export, 36 cells. */
export function cmbRow({ day = '2027-01-05', time = '10:20:30', currency = '人民币', ...row }: CmbRow): string {
  const cells = Array<string>(36).fill('');
  const own = { 0: '769915033910001', 1: '示范公寓有限公司', 2: currency, 3: day, 4: time, 5: day, 6: '转账' };
  const money = { 7: row.debit ?? '', 8: row.credit ?? '', 9: row.balance, 10: row.remark ?? '', 11: row.number };
  Object.assign(cells, own, money, { 19: row.payer ?? '', 20: '6214830100001234' });
  return cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',');
}

export const cmbFile = (...rows: readonly CmbRow[]): string => [CMB_HEADINGS, ...rows.map(cmbRow), ''].join('\r\n');

export const ICBC_FILE = [
  '[HISTORYDETAIL]',
  '凭证号\t本方账号\t对方账号\t交易时间\t借贷标志\t对方单位\t对方行号\t用途\t摘要\t附言\t回单个性化信息\t转入金额\t转出金额\t支付凭证种类\t余额',
  '000000000\t4000023009200123456\t\t2027-01-06 21:50:21\t借\t\t\t\t手续费\t\t\t0.00\t15.00\t\t6,985.00',
  '000000000\t4000023009200123456\t6222020200001234567\t2027-01-05 09:00:00\t贷\t王小明\t102100099996\t房租\t网转\t\t\t3,000.00\t0.00\t\t7,000.00',
  '000000000\t4000023009200123456\t6222020200001234567\t2027-01-05 08:59:00\t贷\t王小明\t102100099996\t房租\t网转\t\t\t3,000.00\t0.00\t\t4,000.00',
  '',
].join('\r\n');

export const MT940_FILE = [
  '{1:F01ICBKCNBJAXXX0000000000}{2:I940BANKCNBJXXXXN}{4:',
  ':20:ST270105',
  ':25:ICBKCNBJ/4000023009200123456',
  ':28C:5/1',
  ':60F:C270104CNY1000,00',
  ':61:2701050105CR3000,00NTRFNONREF//B1',
  ':86:166?00TRANSFER?20rent K7Q2?21 9M4X?31 6222020200001234567?32WANG?33 XIAOMING',
  ':61:2701050105D15,5NCHGNONREF',
  ':86:service fee',
  ':61:2701050105RC100,00NTRFNONREF',
  ':86:/NAME/LI SI/REMI/taken back/',
  ':62F:C270105CNY3884,50',
  '-}',
  '',
].join('\r\n');
