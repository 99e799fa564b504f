import { CMB } from './cmb';
import { layoutOf, readCsvStatement, rowsOf } from './csv';
import { decodeStatement } from './decode';
import { ICBC } from './icbc';
import { readMt940 } from './mt940';
import { type BankStatement, BrokenStatement } from './statement';

const IS_MT940 = /^(\{[12]:.*)?:20:/m;

/**
 * Reads a bank's statement, told apart by what stands in it and never by its name. All of it or nothing: whatever cannot be read exactly
 * refuses the whole file. @throws BrokenStatement with line and reason
 */
export function readStatement(bytes: Uint8Array): BankStatement {
  const text = decodeStatement(bytes);
  if (text.trim() === '') throw new BrokenStatement(0, '文件是空的', 'The file is empty.');
  if (IS_MT940.test(text.slice(0, 4_000)) || text.startsWith('{1:')) return readMt940(text);
  const rows = rowsOf(text);
  const found = layoutOf(rows, [CMB, ...ICBC]);
  if (found) return readCsvStatement(rows, found.at, found.layout);
  throw new BrokenStatement(
    0,
    '不认识的流水格式：支持工商银行、招商银行企业网银导出的 CSV，以及 MT940',
    'Unknown layout: the CSV exports of ICBC and CMB corporate banking and MT940 are read.',
  );
}
