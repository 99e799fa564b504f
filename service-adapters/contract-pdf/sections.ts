import { addDays, shanghaiDate } from '../../domain/calendar';
import { formatDay, formatYuan } from '../../domain/format';
import { sumFen } from '../../domain/money';
import { schedule } from '../../domain/schedule';
import { contractClauses } from './clauses';
import { columnWidth, ensureRoom, INK, MARGIN, type Sheet, table } from './layout';
import type { ContractModel, ContractParty, SealRecord } from './model';
import { drawNameSeal, drawRoundSeal } from './seal-drawing';

const VIRTUAL_MARK = '演示环境电子章（虚拟），非 CA 认证的电子签名';

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

function heading(sheet: Sheet, text: string): void {
  ensureRoom(sheet, 60);
  sheet.moveDown(0.6).font('bold').fontSize(12).text(text, MARGIN.side).font('regular').fontSize(10.5).moveDown(0.2);
}

export function titleBlock(sheet: Sheet, model: ContractModel): void {
  sheet.font('bold').fontSize(20).text('房屋租赁合同', { align: 'center' });
  sheet.font('regular').fontSize(9.5).fillColor(INK.muted);
  sheet.text(`合同编号：${model.number}　　签署日期：${formatDay(model.signedOn)}`, { align: 'center' });
  sheet.fillColor(INK.text).moveDown(0.8);
}

function party(sheet: Sheet, label: string, { name, idKind, idNumber, phone, address }: ContractParty): void {
  sheet.fontSize(10.5).font('bold').text(`${label}：${name}`).font('regular');
  sheet.text(`${idKind}：${idNumber}　　联系电话：${phone}`);
  if (address !== null) sheet.text(`地址：${address}`);
  sheet.moveDown(0.4);
}

export function partiesBlock(sheet: Sheet, model: ContractModel): void {
  party(sheet, '甲方（出租方）', model.partyA);
  party(sheet, '乙方（承租方）', model.partyB);
  for (const { name, idKind, idNumber } of model.coTenants) sheet.text(`同住人：${name}（${idKind}：${idNumber}）`);
  sheet
    .moveDown(0.4)
    .text('甲乙双方依照《中华人民共和国民法典》《住房租赁条例》等法律、法规，在平等、自愿的基础上订立本合同。');
}

export function clausesBlock(sheet: Sheet, model: ContractModel): void {
  contractClauses(model).forEach(({ heading: name, paragraphs }, i) => {
    heading(sheet, `第${NUMERALS[i] ?? i + 1}条　${name}`);
    paragraphs.forEach((text, j) => {
      sheet.text(`${paragraphs.length > 1 ? `${j + 1}. ` : ''}${text}`, { align: 'left', paragraphGap: 2 });
    });
  });
}

export function rentTable(sheet: Sheet, { terms }: ContractModel): void {
  sheet.addPage();
  heading(sheet, '附件　租金支付明细');
  const periods = schedule(terms).map((period) => ({
    ...period,
    totalFen: sumFen(period.lines.map(({ amountFen }) => amountFen)),
  }));
  const columns = [
    { heading: '期数', width: 40, align: 'center' },
    { heading: '起（含）', width: 105, align: 'center' },
    { heading: '止（含）', width: 105, align: 'center' },
    { heading: '应付日', width: 105, align: 'center' },
    { heading: '应付金额', width: columnWidth(sheet) - 355, align: 'right' },
  ] as const;
  const rows = periods.map(({ index, from, until, dueOn, totalFen }) => [
    String(index),
    formatDay(from),
    formatDay(addDays(until, -1)),
    formatDay(dueOn),
    formatYuan(totalFen),
  ]);
  const total = sumFen(periods.map(({ totalFen }) => totalFen));
  table(sheet, columns, [...rows, ['合计', '', '', '', formatYuan(total)]]);
  sheet.fontSize(9).fillColor(INK.muted).moveDown(0.4);
  sheet.text(`首期账单另含押金 ${formatYuan(terms.depositFen)}。合同变更后以变更后的账单为准。`, MARGIN.side);
  sheet.fillColor(INK.text).fontSize(10.5);
}

const SIGNATURE_HEIGHT = 170;

function sealNote(seal: SealRecord): string {
  const minute = new Date(Date.parse(seal.at) + 8 * 3_600_000).toISOString().slice(11, 16); // Shanghai, all year
  return `${formatDay(shanghaiDate(Date.parse(seal.at)))} ${minute}，由 ${seal.by} 操作`;
}

function signature(sheet: Sheet, model: ContractModel, side: 'A' | 'B', x: number, y: number): void {
  const width = columnWidth(sheet) / 2;
  const { name } = side === 'A' ? model.partyA : model.partyB;
  const seal = model.seals.find((one) => one.party === side);
  sheet
    .font('bold')
    .fontSize(10.5)
    .text(side === 'A' ? '甲方（盖章）' : '乙方（签字）', x, y, { width });
  sheet.font('regular').text(name, x, y + 20, { width: width - 10 });
  if (seal === undefined) {
    sheet
      .fillColor(INK.muted)
      .text('（尚未签署）', x, y + 60, { width })
      .fillColor(INK.text);
    return;
  }
  if (side === 'A') drawRoundSeal(sheet, name, x + 130, y + 78);
  else drawNameSeal(sheet, name, x + 110, y + 78);
  sheet.fillColor(INK.muted).font('regular').fontSize(7.5).lineGap(1);
  sheet.text(
    `${sealNote(seal)}\n签章编号 ${seal.sealId}\n签前文件 SHA-256 ${seal.documentSha256.slice(0, 32)}\n${seal.documentSha256.slice(32)}`,
    x,
    y + 138,
    {
      width: width - 10,
    },
  );
  sheet.fillColor(INK.text).fontSize(10.5).lineGap(4);
}

export function signatureBlock(sheet: Sheet, model: ContractModel): void {
  ensureRoom(sheet, SIGNATURE_HEIGHT + 60);
  heading(sheet, '签署');
  sheet
    .fontSize(9)
    .fillColor(INK.seal)
    .text(`${VIRTUAL_MARK}，不具有电子签名法意义上的可靠电子签名效力。`, MARGIN.side);
  sheet.fillColor(INK.text).fontSize(10.5).moveDown(0.6);
  const { y } = sheet;
  signature(sheet, model, 'A', MARGIN.side, y);
  signature(sheet, model, 'B', MARGIN.side + columnWidth(sheet) / 2, y);
  sheet.x = MARGIN.side;
  sheet.y = y + SIGNATURE_HEIGHT;
}

/** On every page: what kind of paper this is, and which page of how many. */
export function pageMarks(sheet: Sheet, model: ContractModel): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    sheet.switchToPage(i);
    const { width, height, margins } = sheet.page;
    margins.bottom = 0; // writing below the margin would otherwise start a new page
    sheet.save().fillOpacity(0.06).fillColor(INK.seal).font('bold').fontSize(46);
    sheet.rotate(-35, { origin: [width / 2, height / 2] });
    sheet.text('演示环境 虚拟印章', 0, height / 2 - 30, { width, align: 'center', lineBreak: false });
    sheet.restore().fillOpacity(1);
    sheet.font('regular').fontSize(8).fillColor(INK.muted);
    const line = `${VIRTUAL_MARK}　　合同编号 ${model.number}　　第 ${i - start + 1} 页 / 共 ${count} 页`;
    sheet.text(line, MARGIN.side, height - 40, { width: columnWidth(sheet), align: 'center', lineBreak: false });
    margins.bottom = MARGIN.bottom;
  }
}
