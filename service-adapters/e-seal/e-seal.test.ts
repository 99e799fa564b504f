import { createHash } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { renderContract } from '../contract-pdf/render';
import { aContract } from '../contract-pdf/test-contract';
import { virtualSeal } from './virtual-seal';

jest.setTimeout(60_000);

const B = { party: 'B', by: '张三丰', at: '2025-12-28T02:00:00.000Z' } as const;
const A = { party: 'A', by: '系统（审批人：王经理）', at: '2025-12-29T03:00:00.000Z' } as const;

async function sealedByBoth() {
  const unsealed = await renderContract(aContract());
  const byB = await virtualSeal.seal(unsealed, B);
  if (!byB.ok) throw new Error(byB.code);
  const byA = await virtualSeal.seal(byB.document, A);
  if (!byA.ok) throw new Error(byA.code);
  return { unsealed, byB, byA };
}

describe('a contract', () => {
  it('is a PDF, the same to the byte whenever it is rendered again', async () => {
    const [first, second] = [await renderContract(aContract()), await renderContract(aContract())];
    expect(first.pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.sha256).toBe(createHash('sha256').update(first.pdf).digest('hex'));
    expect(second.pdf.equals(first.pdf)).toBe(true);
    expect((await renderContract(aContract({ number: 'L2' }))).sha256).not.toBe(first.sha256);
  });

  it('is sealed by both, each seal naming the bytes it was put on', async () => {
    const { unsealed, byB, byA } = await sealedByBoth();
    expect(byB.record).toMatchObject({ ...B, kind: 'virtual', documentSha256: unsealed.sha256 });
    expect(byA.record).toMatchObject({ ...A, kind: 'virtual', documentSha256: byB.document.sha256 });
    expect(byA.document.model.seals).toEqual([byB.record, byA.record]);
    expect(new Set([unsealed.sha256, byB.document.sha256, byA.document.sha256]).size).toBe(3);
  });

  it('comes out the same when a seal is repeated after a crash', async () => {
    const { byB, byA } = await sealedByBoth();
    expect(await virtualSeal.seal(byB.document, A)).toEqual(byA);
    expect(await virtualSeal.seal(byA.document, A)).toEqual(byA);
  });

  it('is not sealed twice by one party, nor when a byte was changed', async () => {
    const { byA } = await sealedByBoth();
    const later = { ...A, at: '2026-01-05T00:00:00.000Z' };
    expect(await virtualSeal.seal(byA.document, later)).toEqual({ ok: false, code: 'AlreadySealed' });
    const changed = Buffer.from(byA.document.pdf);
    changed.writeUInt8(changed.readUInt8(100) ^ 1, 100);
    expect(await virtualSeal.seal({ ...byA.document, pdf: changed }, A)).toEqual({
      ok: false,
      code: 'DocumentChanged',
    });
  });

  it('that was kept elsewhere is compared with what its model says before it is sealed', async () => {
    const { pdf, model, sha256 } = await renderContract(aContract());
    const kept = { pdf, sha256, model: structuredClone(model) };
    expect(await virtualSeal.seal(kept, B)).toMatchObject({ ok: true, record: { documentSha256: sha256 } });
    const other = { ...kept, model: structuredClone(aContract({ number: 'L2' })) };
    expect(await virtualSeal.seal(other, B)).toEqual({ ok: false, code: 'DocumentChanged' });
  });

  it('of ten years with monthly rent has room for every period', async () => {
    const model = aContract();
    const long = { ...model, terms: { ...model.terms, endsOn: '2035-12-31' as typeof model.terms.endsOn } };
    const pages = ({ pdf }: { pdf: Buffer }) => (pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length;
    expect(pages(await renderContract(long))).toBeGreaterThan(pages(await renderContract(model)));
  });
});
