import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../sheet-reader';

export type Attributes = Readonly<Record<string, string>>;

export type XmlHandlers = {
  open?(tag: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(tag: string): void;
};

/** The name without its prefix: some programs write `<x:row>`. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Walks a part's tags. A document type is refused: no workbook has one, and entities in it can be made to explode. */
export async function walkXml(pieces: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser();
  const refuse = (why: string): never => {
    throw new UnreadableFile(`工作簿内容无法解析 / the workbook cannot be parsed (${why})`);
  };
  parser.on('error', (error) => refuse(error.message));
  parser.on('doctype', () => refuse('doctype'));
  if (handlers.open) parser.on('opentag', (tag) => handlers.open?.(local(tag.name), tag.attributes as Attributes));
  if (handlers.text) {
    parser.on('text', (text) => handlers.text?.(text));
    parser.on('cdata', (text) => handlers.text?.(text));
  }
  if (handlers.close) parser.on('closetag', (tag) => handlers.close?.(local(tag.name)));
  for await (const piece of pieces) parser.write(piece);
  parser.close();
}
