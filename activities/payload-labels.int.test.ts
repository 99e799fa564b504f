import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { createCodec, unseal } from '../contract/temporal/codec';
import { enforcementFactsChanged, getLease } from '../contract/temporal/lease';
import { leaseHandle, startLease } from '../contract/temporal/start-lease';
import { insertSignedLease } from '../db/leases';
import { aNewLease, aPlace } from '../db/testing';
import { withOperator } from '../db/tx';
import { type LeaseWorld, leaseWorld } from '../test/lease-world';
import { createLeaseWorker } from './worker';

// Other tests share the two cores.
jest.setTimeout(120_000);

let world: LeaseWorld;
beforeAll(async () => {
  world = await leaseWorld();
}, 180_000);
afterAll(() => world.close(), 60_000);

const keys = [{ id: 'k1', key: randomBytes(32) }];

/** Every payload in an answer of the server, wherever it lies. */
function payloadsIn(value: unknown): Payload[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  if ('metadata' in value && 'data' in value) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}

test('whatever a lease leaves with the Temporal server is sealed for its own workflow, so that the codec server knows whose it is', async () => {
  const taskQueue = `sealed-${randomUUID()}`;
  const dataConverter = { payloadCodecs: [createCodec(keys)] };
  const { connection, nativeConnection } = world.env;
  const client = new Client({ connection, dataConverter });
  const worker = await createLeaseWorker({
    ...{ connection: nativeConnection, namespace: 'default', taskQueue, activities: world.activities, dataConverter },
    workflows: { workflowsPath: join(__dirname, '..', 'workflows') },
  });
  const place = await aPlace(world.db);
  const { operatorId } = place;
  const lease = aNewLease(place, { status: 'effective', source: 'imported' });
  await withOperator(world.db, operatorId, (tx) => insertSignedLease(tx, lease));

  await worker.runUntil(async () => {
    await startLease(client, taskQueue, { operatorId, leaseId: lease.id });
    const handle = leaseHandle(client, lease.id);
    await handle.signal(enforcementFactsChanged, { why: 'fireAlarm' });
    const asked = { by: 'staff:test', reason: '老人在家', until: null };
    await handle.executeUpdate('grantExemption', { args: [asked] });
    expect((await handle.query(getLease))?.state.operatorId).toBe(operatorId);
  });
  const { workflowId } = leaseHandle(client, lease.id);
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const opened = payloadsIn([raw, events]).map((payload) => unseal(payload, keys));
  const sealed = opened.filter(({ wasSealed }) => wasSealed);
  expect(sealed.map(({ payload }) => Buffer.from(payload.data ?? []).toString()).join()).toContain('老人在家');
  expect(new Set(sealed.map(({ sealedFor }) => sealedFor))).toEqual(new Set([workflowId]));
  const clear = opened.filter(({ wasSealed }) => !wasSealed).map(({ payload }) => String(payload.data));
  expect(clear.join()).not.toContain('老人');
}, 120_000);
