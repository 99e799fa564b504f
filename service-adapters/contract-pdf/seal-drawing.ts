import { INK, type Sheet } from './layout';

const RADIUS = 54;

function star(sheet: Sheet, x: number, y: number, radius: number): void {
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    const reach = i % 2 === 0 ? radius : radius * 0.382;
    const point = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)] as const;
    if (i === 0) sheet.moveTo(...point);
    else sheet.lineTo(...point);
  }
  sheet.closePath().fill(INK.seal);
}

function centred(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  sheet.fontSize(size);
  sheet.text(text, x - sheet.widthOfString(text) / 2, y - size * 0.72, { lineBreak: false });
}

/** Writes `text` along the inside of a circle, its middle at the top. */
function arc(sheet: Sheet, text: string, x: number, y: number): void {
  const characters = [...text];
  const step = Math.min(22, 250 / Math.max(characters.length, 1));
  characters.forEach((character, i) => {
    const degrees = (i - (characters.length - 1) / 2) * step;
    sheet.save().rotate(degrees, { origin: [x, y] });
    centred(sheet, character, x, y - RADIUS + 15, Math.min(12, step * 0.62));
    sheet.restore();
  });
}

/** Party A's round seal around (x, y), in red, with 虚拟印章 in it: it must not pass for a real one. */
export function drawRoundSeal(sheet: Sheet, name: string, x: number, y: number): void {
  sheet.save().fillColor(INK.seal).strokeColor(INK.seal).font('bold');
  sheet.lineWidth(2.4).circle(x, y, RADIUS).stroke();
  star(sheet, x, y - 4, 14);
  sheet.fillColor(INK.seal);
  arc(sheet, name, x, y);
  centred(sheet, '虚拟印章', x, y + 23, 10);
  centred(sheet, '演示用·非 CA', x, y + 37, 7);
  sheet.restore();
}

/** Party B's square name seal around (x, y), marked as virtual as well. */
export function drawNameSeal(sheet: Sheet, name: string, x: number, y: number): void {
  sheet.save().fillColor(INK.seal).strokeColor(INK.seal).font('bold');
  sheet
    .lineWidth(1.8)
    .rect(x - 42, y - 27, 84, 54)
    .stroke();
  centred(sheet, name, x, y - 6, Math.min(18, 78 / Math.max([...name].length, 1)));
  centred(sheet, '虚拟签章·非 CA', x, y + 17, 8);
  sheet.restore();
}
