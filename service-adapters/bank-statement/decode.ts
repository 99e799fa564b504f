import { decode } from 'iconv-lite';
import { BrokenStatement } from './statement';

/** UTF-8 with or without a mark, else GBK (GB 18030), in which Chinese banks export. @throws BrokenStatement for what is no text */
export function decodeStatement(bytes: Uint8Array): string {
  const text = utf8(bytes) ?? decode(Buffer.from(bytes), 'gb18030');
  if (/[\0\uFFFD]/.test(text))
    throw new BrokenStatement(
      0,
      '文件不是文本文件，请上传银行导出的 CSV 或 MT940 文件（Excel 文件请先另存为 CSV）',
      'The file is not text; upload the CSV or MT940 file of the bank (save a workbook as CSV first).',
    );
  return text.replace(/^\uFEFF/, '');
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
