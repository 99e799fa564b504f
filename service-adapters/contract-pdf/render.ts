import { createHash } from 'node:crypto';
import { shanghaiInstant } from '../../domain/calendar';
import { newSheet, toBuffer } from './layout';
import type { ContractDocument, ContractModel } from './model';
import { clausesBlock, pageMarks, partiesBlock, rentTable, signatureBlock, titleBlock } from './sections';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What each model at hand came to, for as long as somebody holds it: a rendering takes 50 ms, and more in a young process. */
const rendered = new WeakMap<ContractModel, string>();

/** Renders the contract (房屋租赁合同) with the seals that the model has. The same model gives the same bytes, so a repeat is harmless. */
export async function renderContract(model: ContractModel): Promise<ContractDocument> {
  const at = new Date(shanghaiInstant(model.signedOn, 0));
  const sheet = newSheet({ title: `房屋租赁合同 ${model.number}`, author: model.partyA.name, at });
  titleBlock(sheet, model);
  partiesBlock(sheet, model);
  clausesBlock(sheet, model);
  signatureBlock(sheet, model);
  rentTable(sheet, model);
  pageMarks(sheet, model);
  const pdf = await toBuffer(sheet);
  const document = { model, pdf, sha256: sha256(pdf) };
  rendered.set(model, document.sha256);
  return document;
}

/** Whether the bytes, and the hash that the document names, are what its model says; models are not changed once made. */
export async function isGenuine({ model, pdf, sha256: claimed }: ContractDocument): Promise<boolean> {
  const expected = rendered.get(model) ?? (await renderContract(model)).sha256;
  return sha256(pdf) === expected && claimed === expected;
}
