import type { CsvLayout } from './csv';
import { dayOf, instantOf, tailOf } from './values';

/**
 * China Merchants Bank (招商银行), transactions of a company's account as its online banking exports them (36 columns, `账号, 账号名称, 币种,
 * 交易日, 交易时间, 起息日, 交易类型, 借方金额, 贷方金额, 余额, 摘要, 流水号, … 收(付)方名称, 收(付)方账号, …`; other sets of columns in the same words
 * exist, so that columns are found by name). There is no published specification: the headings and forms of values are those that several
 * independent public programs read and write from that export, seen in November 2026. `流水号` is CMB's own number of a line.
 */
export const CMB: CsvLayout = {
  layout: 'cmb',
  headings: ['账号', '币种', '交易日', '借方金额', '贷方金额', '余额', '流水号', '收(付)方名称'],
  credit: '贷方金额',
  debit: '借方金额',
  ownAccount: '账号',
  read(cell, line) {
    const bookedOn = dayOf(cell('交易日'), line);
    const words = ['摘要', '用途', '业务摘要', '其它摘要', '扩展摘要'].map(cell).filter((text) => text !== '');
    return {
      bookedOn,
      bookedAt: instantOf(bookedOn, cell('交易时间'), line),
      bankNumber: cell('流水号') || null,
      payerName: cell('收(付)方名称'),
      payerTail: tailOf(cell('收(付)方账号')),
      remark: [...new Set(words)].join(' '),
      // 冲账标志 marks both the booking that is taken back and the one that takes it back.
      reversal: /^[*Yy1是冲]/.test(cell('冲账标志')),
    };
  },
};
