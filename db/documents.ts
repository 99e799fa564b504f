import { createHash } from 'node:crypto';
import type { Id, LeaseId } from '../domain/ids';
import { decryptFile, encryptFile, type PersonalDataKeys } from './personal-data';
import type { Tx } from './tx';

export type DocumentId = Id<'document'>;
export type DocumentReference = { readonly documentId: DocumentId; readonly sha256: string };

/**
 * Stores a file once per key of its lease, encrypted, and never changes it. Answers the stored one's reference, new or old; its hash is
 * that of the file itself.
 */
export async function storeDocument(
  tx: Tx,
  file: {
    readonly leaseId: LeaseId;
    readonly key: string;
    readonly title: string;
    readonly mime: string;
    readonly bytes: Buffer;
    readonly at: string;
  },
  keys: PersonalDataKeys,
): Promise<DocumentReference> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await tx.query(
    `INSERT INTO document (operator_id, lease_id, key, title, mime, bytes, sha256, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (operator_id, lease_id, key) DO NOTHING`,
    [tx.operatorId, file.leaseId, file.key, file.title, file.mime, encryptFile(file.bytes, keys), sha256, file.at],
  );
  const [stored] = await tx.query<DocumentReference>(
    `SELECT id AS "documentId", sha256 FROM document WHERE lease_id = $1 AND key = $2`,
    [file.leaseId, file.key],
  );
  if (!stored) throw new Error(`document ${file.key} was not stored`);
  return stored;
}

export type StoredDocument = {
  readonly id: DocumentId;
  readonly key: string;
  readonly title: string;
  readonly mime: string;
  readonly sha256: string;
  readonly createdAt: string;
};

export async function documentBytes(
  tx: Tx,
  leaseId: LeaseId,
  key: string,
  keys: PersonalDataKeys,
): Promise<(StoredDocument & { readonly bytes: Buffer }) | undefined> {
  const [file] = await tx.query<StoredDocument & { bytes: Buffer }>(
    `SELECT id, key, title, mime, sha256, created_at AS "createdAt", bytes FROM document WHERE lease_id = $1 AND key = $2`,
    [leaseId, key],
  );
  return file && { ...file, bytes: decryptFile(file.bytes, keys) };
}
