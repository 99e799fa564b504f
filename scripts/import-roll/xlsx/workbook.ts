import type { Epoch } from '../../../domain/rent-roll/cell';
import { walkXml } from './xml';
import type { Parts } from './zip';

export type SheetPart = { readonly name: string; readonly path: string };

export type Workbook = { readonly epoch: Epoch; readonly sheets: readonly SheetPart[] };

/** The visible sheets in their order, and where the workbook counts days from. */
export async function readWorkbook(parts: Parts): Promise<Workbook> {
  const root = await readTargets(parts, '_rels/.rels', '');
  const workbookPath = [...root.values()].find((path) => /workbook\.xml$/.test(path)) ?? 'xl/workbook.xml';
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1);
  const relations = `${folder}_rels/${workbookPath.slice(folder.length)}.rels`;
  const targets = await readTargets(parts, relations, folder);
  const sheets: SheetPart[] = [];
  let epoch: Epoch = 1900;
  await walkXml(parts.text(workbookPath), {
    open(tag, attributes) {
      if (tag === 'workbookPr' && /^(?:1|true)$/i.test(attributes.date1904 ?? '')) epoch = 1904;
      if (tag !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const id = attributes['r:id'] ?? Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1] ?? '';
      const path = targets.get(id);
      if (path !== undefined && parts.has(path)) sheets.push({ name: attributes.name ?? '', path });
    },
  });
  return { epoch, sheets };
}

async function readTargets(parts: Parts, path: string, folder: string): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  if (!parts.has(path)) return targets;
  await walkXml(parts.text(path), {
    open(tag, { Id, Target }) {
      if (tag !== 'Relationship' || !Id || !Target) return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `${folder}${Target}`);
    },
  });
  return targets;
}
