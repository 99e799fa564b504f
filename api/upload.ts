import busboy from 'busboy';
import type { Request } from 'express';
import { Refusal } from './refusal';

/** A roll of 100,000 rooms is some 12 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

export type Upload = { readonly name: string; readonly bytes: Buffer };

/** The one file of a multipart form. @throws Refusal UnsupportedMedia | BodyTooLarge | InvalidInput */
export async function readUpload(req: Request): Promise<Upload> {
  if (!req.is('multipart/form-data')) throw new Refusal('UnsupportedMedia');
  return new Promise<Upload>((resolve, reject) => {
    const form = busboy({ headers: req.headers, defParamCharset: 'utf8', limits: { files: 1, fileSize: MOST_BYTES } });
    const fail = (error: Error) => {
      req.unpipe(form);
      req.resume();
      reject(error);
    };
    let upload: Upload | undefined;
    form.on('file', (_field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => fail(new Refusal('BodyTooLarge')));
      stream.on('end', () => {
        upload = { name: filename ?? 'upload', bytes: Buffer.concat(chunks) };
      });
    });
    form.on('close', () => (upload ? resolve(upload) : reject(new Refusal('InvalidInput', { detail: 'no file' }))));
    form.on('error', () => fail(new Refusal('InvalidInput', { detail: 'the form cannot be read' })));
    req.on('aborted', () => fail(new Refusal('InvalidInput', { detail: 'the upload was cut off' })));
    req.pipe(form);
  });
}
