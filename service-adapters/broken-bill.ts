/** A provider's bill of a day: the file is not what it should be; nothing of it is to be used. */
export class BrokenBill extends Error {
  override readonly name = 'BrokenBill';
  constructor(line: number, why: string) {
    super(`line ${line}: ${why}`);
  }
}
