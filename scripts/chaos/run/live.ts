import { v7 as uuid } from 'uuid';
import { leaseWorkflowId } from '../../../contract/temporal/lease';
import { leaseHandle } from '../../../contract/temporal/start-lease';
import { readClock, skipTime } from '../../../contract/temporal/time-travel';
import { insertSignedLease } from '../../../db/leases';
import { enqueue } from '../../../db/outbox';
import { withOperator } from '../../../db/tx';
import { shanghaiDate } from '../../../domain/calendar';
import { type LeaseId, parseId } from '../../../domain/ids';
import type { Random } from '../../seed/random';
import { drawScenario, type Scenario } from '../scenario';
import { insist } from './patience';
import type { Stage } from './stage';
import { payAsScripted } from './tenant';

/** A lease with the script that its people followed. */
export type Lived = { readonly leaseId: LeaseId; readonly scenario: Scenario; readonly n: number };

/** Lives one tenant's year, whatever happens to the platform meanwhile. */
export async function liveLease(stage: Stage, random: Random, n: number): Promise<Lived> {
  const roomId = stage.world.roomIds[n];
  if (!roomId) throw new RangeError(`no room ${n}`);
  const signedAt = Date.now();
  const name = `K-${String(n + 1).padStart(4, '0')}`;
  const scenario = drawScenario(random, { name, roomId, signedOn: shanghaiDate(signedAt), signedAt });
  const leaseId = parseId<'lease'>(uuid());
  await sign(stage, leaseId, scenario, { signedAt, n });
  for (const deed of scenario.deeds) {
    await travelTo(stage, leaseId, deed.at);
    if (deed.kind === 'inspect') await inspect(stage, leaseId, deed.damagesFen);
    else {
      await payAsScripted(stage, leaseId, deed);
      if (deed === scenario.deeds[0]) await approve(stage, leaseId);
    }
  }
  await travelTo(stage, leaseId, scenario.until);
  return { leaseId, scenario, n };
}

async function sign(
  { knex, world }: Stage,
  leaseId: LeaseId,
  { name, terms, policy }: Scenario,
  { signedAt, n }: { readonly signedAt: number; readonly n: number },
): Promise<void> {
  const { operatorId, communityId } = world;
  const tenantId = world.tenantIds[n];
  if (!tenantId) throw new RangeError(`no tenant ${n}`);
  const signed = {
    id: leaseId,
    number: name,
    communityId,
    tenantId,
    terms,
    policy,
    signedAt: new Date(signedAt).toISOString(),
  };
  await insist(`${name}: the signature`, async () => {
    await withOperator(knex, operatorId, async (tx) => {
      const there = await tx.query('SELECT 1 FROM lease WHERE id = $1', [leaseId]);
      if (there.length > 0) return;
      await insertSignedLease(tx, { ...signed, status: 'signed', source: 'signed', billedUntil: null, events: [] });
      await enqueue(tx, { key: `start/${leaseId}`, topic: 'startLease', payload: { leaseId } });
    });
    return true;
  });
  await inStatus({ knex, world }, leaseId, ['awaitingFirstPayment']);
}

type Db = Pick<Stage, 'knex' | 'world'>;

const statusOf = async ({ knex, world }: Db, leaseId: LeaseId): Promise<string | undefined> =>
  (
    await withOperator(knex, world.operatorId, (tx) =>
      tx.query<{ status: string }>('SELECT status FROM lease WHERE id = $1', [leaseId]),
    )
  )[0]?.status;

/** Waits until the lease is in one of these statuses; answers which. */
const inStatus = (db: Db, leaseId: LeaseId, wanted: readonly string[]): Promise<string> =>
  insist(`lease ${leaseId} to be ${wanted.join(' or ')}`, async () => {
    const status = await statusOf(db, leaseId);
    return status !== undefined && wanted.includes(status) ? status : null;
  });

/** The manager presses the button until the lease is approved; an answer that got lost is not an approval that got lost. */
async function approve(stage: Stage, leaseId: LeaseId): Promise<void> {
  await inStatus(stage, leaseId, ['awaitingApproval', 'awaitingSeal', 'effective']);
  await insist(`approval of ${leaseId}`, async () => {
    if ((await statusOf(stage, leaseId)) !== 'awaitingApproval') return true;
    await stage.staff.send('POST', `/v1/leases/${leaseId}/approval`, { decision: 'approve' });
    return true;
  });
  await inStatus(stage, leaseId, ['effective', 'ending']);
}

async function inspect(stage: Stage, leaseId: LeaseId, damagesFen: number): Promise<void> {
  const damages = damagesFen === 0 ? [] : [{ text: '墙面与家具损坏', amountFen: damagesFen, evidence: [] }];
  await insist(`inspection of ${leaseId}`, async () => {
    const status = await statusOf(stage, leaseId);
    // An answer that got lost is not an inspection that got lost.
    if (status === 'closed') return true;
    if (status !== 'checkingOut') return null;
    await stage.staff.send('POST', `/v1/leases/${leaseId}/inspection`, { damages });
    return true;
  });
  await inStatus(stage, leaseId, ['closed']);
}

/** Carries a lease to an instant of its own time. A target that was set and then forgotten by a crash is set again from where it stands. */
async function travelTo({ client }: Stage, leaseId: LeaseId, instant: number): Promise<void> {
  const handle = leaseHandle(client, leaseId);
  let wanted: string | null = null;
  await insist(`lease ${leaseId} to reach ${new Date(instant).toISOString()}`, async () => {
    const { now, closed, reached } = await client.withDeadline(Date.now() + 5_000, () => readClock(handle));
    if (closed || now >= instant || (wanted !== null && reached === wanted)) return true;
    if (wanted === null) {
      const id = uuid();
      const ms = instant - now;
      await client.withDeadline(Date.now() + 5_000, () => skipTime(client, leaseWorkflowId(leaseId), { id, ms }));
      wanted = id;
    }
    return null;
  });
}
