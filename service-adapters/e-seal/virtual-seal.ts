import { createHash } from 'node:crypto';
import type { ContractDocument, SealRecord } from '../contract-pdf/model';
import { isGenuine, renderContract } from '../contract-pdf/render';
import type { ESeal, SealOutcome, SealRequest } from './e-seal';

const sealIdOf = ({ party, by, at }: SealRequest, documentSha256: string): string =>
  `VS-${createHash('sha256')
    .update(JSON.stringify([party, by, at, documentSha256]))
    .digest('hex')
    .slice(0, 16)}`;

async function seal(document: ContractDocument, request: SealRequest): Promise<SealOutcome> {
  if (!(await isGenuine(document))) return { ok: false, code: 'DocumentChanged' };
  const earlier = document.model.seals.find(({ party }) => party === request.party);
  if (earlier !== undefined) {
    const same = earlier.by === request.by && earlier.at === request.at;
    return same ? { ok: true, document, record: earlier } : { ok: false, code: 'AlreadySealed' };
  }
  const record: SealRecord = {
    ...request,
    sealId: sealIdOf(request, document.sha256),
    documentSha256: document.sha256,
    kind: 'virtual',
  };
  const sealed = await renderContract({ ...document.model, seals: [...document.model.seals, record] });
  return { ok: true, document: sealed, record };
}

/**
 * 虚拟印章: draws a seal that says it is virtual and records hash, person and time. No certificate, no reliable
 * electronic signature; it only refuses to seal bytes that are not the contract it was shown.
 */
export const virtualSeal: ESeal = { virtual: true, seal };
