import type { CsvLayout } from './csv';
import { dayOf, instantOf, tailOf } from './values';

type Words = { readonly payer: string; readonly credit: string; readonly debit: string };

const icbc = ({ payer, credit, debit }: Words): CsvLayout => ({
  layout: 'icbc',
  headings: ['对方账号', '交易时间', payer, credit, debit, '余额'],
  credit,
  debit,
  ownAccount: '本方账号',
  read(cell, line) {
    const [day = '', time = ''] = cell('交易时间').split(/[ T]+/);
    const bookedOn = dayOf(day, line);
    const words = ['用途', '摘要', '附言'].map(cell).filter((text) => text !== '');
    return {
      bookedOn,
      bookedAt: instantOf(bookedOn, time, line),
      bankNumber: null,
      payerName: cell(payer),
      payerTail: tailOf(cell('对方账号')),
      remark: [...new Set(words)].join(' '),
      reversal: /冲正|冲账|抹账/.test(cell('摘要')),
    };
  },
});

/**
 * Industrial and Commercial Bank of China (工商银行), details of a company's account from its online banking: GBK, separated by tabs or
 * commas, often a line `[HISTORYDETAIL]` above the headings `凭证号, 本方账号, 对方账号, 交易时间, 借贷标志, 对方单位, 对方行号, 用途, 摘要, 附言,
 * 回单个性化信息, 转入金额, 转出金额, 支付凭证种类, 余额`, of which exports hold more or fewer; an older form says `对方单位名称, 借方发生额, 贷方发生额`.
 * There is no published specification: the headings are those that several independent public programs read from that export, seen in
 * November 2026. `凭证号` is no number of the line (fees share it, and `000000000` stands where there is none), so that lines are known by
 * all that they say.
 */
export const ICBC: readonly CsvLayout[] = [
  icbc({ payer: '对方单位', credit: '转入金额', debit: '转出金额' }),
  icbc({ payer: '对方单位名称', credit: '贷方发生额', debit: '借方发生额' }),
];
