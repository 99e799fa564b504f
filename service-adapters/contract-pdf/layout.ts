import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';

/** A pdfkit document with our fonts, and where its text runs. */
export type Sheet = typeof PDFDocument.prototype;

export const INK = { text: '#1a1a1a', muted: '#666666', line: '#999999', seal: '#c8161d' } as const;
export const MARGIN = { top: 64, bottom: 64, side: 62 } as const;

const FONTS = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;

let fontFiles: ReadonlyMap<string, Buffer> | undefined;
const fonts = (): ReadonlyMap<string, Buffer> => {
  fontFiles ??= new Map(Object.entries(FONTS).map(([name, path]) => [name, readFileSync(require.resolve(path))]));
  return fontFiles;
};

/**
 * An empty A4 document. `at` is the business time that it carries as its creation date: with the wall clock in it, a
 * repeated rendering would differ.
 */
export function newSheet(info: { readonly title: string; readonly author: string; readonly at: Date }): Sheet {
  const sheet = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN.top, bottom: MARGIN.bottom, left: MARGIN.side, right: MARGIN.side },
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: info.title, Author: info.author, CreationDate: info.at, ModDate: info.at },
  });
  for (const [name, file] of fonts()) sheet.registerFont(name, file);
  return sheet.font('regular').fontSize(10.5).fillColor(INK.text).lineGap(4);
}

/** Width of the text column. */
export const columnWidth = (sheet: Sheet): number => sheet.page.width - 2 * MARGIN.side;

/** Starts a new page unless `height` still fits. */
export function ensureRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.page.height - MARGIN.bottom) sheet.addPage();
}

export type Column = { readonly heading: string; readonly width: number; readonly align: 'left' | 'right' | 'center' };

const ROW_HEIGHT = 20;

/** A ruled table whose heading is repeated on each page. Cells are one line each. */
export function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const row = (cells: readonly string[], font: 'regular' | 'bold') => {
    const { y } = sheet;
    let x: number = MARGIN.side;
    sheet.font(font).fontSize(9);
    columns.forEach(({ width, align }, i) => {
      sheet.lineWidth(0.5).strokeColor(INK.line).rect(x, y, width, ROW_HEIGHT).stroke();
      sheet.text(cells[i] ?? '', x + 4, y + 4, { width: width - 8, align, lineBreak: false });
      x += width;
    });
    sheet.x = MARGIN.side;
    sheet.y = y + ROW_HEIGHT;
  };
  const heading = () =>
    row(
      columns.map((column) => column.heading),
      'bold',
    );
  ensureRoom(sheet, 3 * ROW_HEIGHT);
  heading();
  for (const cells of rows) {
    if (sheet.y + ROW_HEIGHT > sheet.page.height - MARGIN.bottom) {
      sheet.addPage();
      heading();
    }
    row(cells, 'regular');
  }
  sheet.font('regular').fontSize(10.5);
}

export function toBuffer(sheet: Sheet): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    sheet.on('data', (chunk: Buffer) => chunks.push(chunk));
    sheet.on('end', () => resolve(Buffer.concat(chunks)));
    sheet.on('error', reject);
    sheet.end();
  });
}
