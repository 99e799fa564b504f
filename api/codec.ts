import type { Payload } from '@temporalio/common';
import type { z } from 'zod';
import type { codecBody, codecReply } from '../contract/http/codec';
import {
  type CodecKeys,
  seal,
  UnknownCodecKey,
  UnreadablePayload,
  type Unsealed,
  unseal,
} from '../contract/temporal/codec';
import { leasesOfWorkflows } from '../db/queries/workflows';
import type { Tx } from '../db/tx';
import type { LeaseId, OperatorId } from '../domain/ids';
import { Refusal } from './refusal';

type Wire = z.output<typeof codecBody>;
type WireReply = z.output<typeof codecReply>;

const fromWire = ({ metadata, data }: Wire['payloads'][number]): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
  data: Buffer.from(data, 'base64'),
});

const base64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');

const toWire = ({ metadata, data }: Payload): WireReply['payloads'][number] => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
  data: base64(data),
});

/** Label of what an operator's own people sealed, which belongs to no workflow yet. */
const ownLabel = (operatorId: OperatorId): string => `operator/${operatorId}`;

/** @throws Refusal UnknownCodecKey, UnreadablePayload */
function unsealed(payload: Payload, keys: CodecKeys): Unsealed {
  try {
    return unseal(payload, keys);
  } catch (error) {
    if (error instanceof UnknownCodecKey) throw new Refusal('UnknownCodecKey', { detail: error.message });
    if (error instanceof UnreadablePayload) throw new Refusal('UnreadablePayload');
    throw error;
  }
}

export type Decoded = WireReply & {
  /** Whose payloads were decrypted. */
  readonly leaseIds: readonly LeaseId[];
};

/**
 * Decrypts payloads of the caller's operator: those of a workflow about one of its leases, and those that its own people encrypted. One
 * that is somebody else's, or does not say whose it is, refuses the whole request. What was never encrypted comes back as it is.
 * @throws Refusal Forbidden, UnknownCodecKey, UnreadablePayload
 */
export async function decodeFor(tx: Tx, keys: CodecKeys, { payloads }: Wire): Promise<Decoded> {
  const opened = payloads.map((payload) => unsealed(fromWire(payload), keys));
  const labels = new Set(opened.filter(({ wasSealed }) => wasSealed).map(({ sealedFor }) => sealedFor ?? ''));
  labels.delete(ownLabel(tx.operatorId));
  const leases = await leasesOfWorkflows(tx, [...labels]);
  if ([...labels].some((label) => !leases.has(label))) {
    throw new Refusal('Forbidden', { detail: 'A payload does not belong to a workflow of your operator.' });
  }
  return { payloads: opened.map(({ payload }) => toWire(payload)), leaseIds: [...new Set(leases.values())] };
}

/** Encrypts as clients and workers would: under the newest key, or not at all where there is none. */
export function encodeFor(operatorId: OperatorId, [newest]: CodecKeys, { payloads }: Wire): WireReply {
  const sealed = payloads
    .map(fromWire)
    .map((payload) => (newest ? seal(payload, newest, ownLabel(operatorId)) : payload));
  return { payloads: sealed.map(toWire) };
}
