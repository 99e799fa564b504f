import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as messages from '../contract/temporal/lease';
import { changesOf, insertChange } from '../db/lease-changes';
import { coTenantsOf } from '../db/queries/co-tenants';
import { newId } from '../db/testing';
import { withOperator } from '../db/tx';
import { addDays, addMonths } from '../domain/calendar';
import { DEFAULT_POLICY } from '../domain/default-policy';
import { type LeaseUnderTest, type LeaseWorld, leaseWorld } from '../test/lease-world';

jest.setTimeout(90_000);
let world: LeaseWorld;
beforeAll(async () => {
  world = await leaseWorld({ twice: true });
});
afterAll(() => world.close());

type Row = {
  readonly actor: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly reason: string | null;
};
type Scene = {
  readonly lease: LeaseUnderTest;
  /** What the command asks for. */
  readonly input: object;
  readonly row: Omit<Row, 'actor'>;
};

const rowsOf = (lease: LeaseUnderTest, update: string): Promise<Row[]> =>
  lease.query<Row>(
    `SELECT actor_kind || ':' || actor_id AS actor, before, after, reason FROM audit_log
      WHERE subject_kind = 'lease' AND subject_id = $1::text AND action = 'lease.${update}' ORDER BY id`,
  );

const paid = async () => {
  const lease = await world.sign();
  const { open } = await lease.until(({ status }) => status === 'awaitingFirstPayment');
  await lease.payNow(open.reduce((sum, bill) => sum + bill.openFen, 0));
  await lease.until(({ status }) => status === 'awaitingApproval');
  return lease;
};
const inEffect = async (options = {}) => (await world.sign(options)).bringIntoEffect();
const inArrears = async (options = {}) => {
  const lease = await inEffect(options);
  await lease.travelTo(addDays(addMonths(lease.parts.terms.startsOn, 1), 2));
  return lease;
};
const endingOn = (endsOn: string) => expect.objectContaining({ terms: expect.objectContaining({ endsOn }) });

/** For each command a lease that can take it, and what its audit row has to say. */
const SCENES: Readonly<Record<string, () => Promise<Scene>>> = {
  approveLease: async () => ({
    lease: await paid(),
    input: {},
    row: { before: { status: 'awaitingApproval' }, after: { status: 'awaitingSeal' }, reason: 'approved' },
  }),
  rejectLease: async () => ({
    lease: await paid(),
    input: { reason: '资料不符' },
    row: { before: { status: 'awaitingApproval' }, after: { status: 'rejected' }, reason: '资料不符' },
  }),
  cancelLease: async () => ({
    lease: await inEffect(),
    input: { reason: '改主意' },
    row: { before: { status: 'effective' }, after: { status: 'cancelled' }, reason: '改主意' },
  }),
  confirmChange: async () => {
    const lease = await inEffect();
    const { endsOn } = lease.parts.terms;
    const newEndsOn = addMonths(endsOn, 12);
    const row = { before: endingOn(endsOn), after: endingOn(newEndsOn), reason: 'renewal' };
    return { lease, input: { changeId: newId<'change'>(), change: { kind: 'renewal', newEndsOn } }, row } as Scene;
  },
  requestTermination: async () => {
    const lease = await inEffect();
    const { startsOn, endsOn } = lease.parts.terms;
    const leaving = addDays(startsOn, 60);
    const row = { before: endingOn(endsOn), after: endingOn(leaving), reason: '换工作' };
    return { lease, input: { changeId: newId<'change'>(), endsOn: leaving, reason: '换工作' }, row } as Scene;
  },
  evictLease: async () => {
    const lease = await inEffect();
    const { startsOn, endsOn } = lease.parts.terms;
    const moveOutOn = addDays(startsOn, 20);
    const row = { before: endingOn(endsOn), after: endingOn(moveOutOn), reason: '擅自转租' };
    return { lease, input: { changeId: newId<'change'>(), moveOutOn, reason: '擅自转租' }, row } as Scene;
  },
  requestCheckout: async () => {
    const lease = await inEffect();
    const moveOutOn = lease.parts.terms.endsOn;
    const after = { status: 'ending', moveOutOn };
    return { lease, input: { moveOutOn }, row: { before: { status: 'effective' }, after, reason: 'expiry' } };
  },
  recordInspection: async () => {
    const lease = await inEffect();
    const moveOutOn = addDays(lease.parts.terms.startsOn, 3);
    await lease.ask('evictLease', { changeId: newId<'change'>(), moveOutOn, reason: '擅自转租' });
    await lease.travelTo(moveOutOn, 18);
    await lease.until(({ status }) => status === 'checkingOut');
    const damages = [{ text: '门把手损坏', amountFen: 20_000, evidence: [] }];
    return { lease, input: { damages }, row: { before: { damages: null }, after: { damages }, reason: 'inspection' } };
  },
  confirmEnforcement: async () => {
    const lease = await inArrears({
      policy: { enforcement: { ...DEFAULT_POLICY.enforcement, mode: 'confirmed' as const } },
    });
    const { enforcement } = await lease.until((state) => state.enforcement === 'awaitingConfirmation');
    const [before, after] = [null, 'staff:test'].map((confirmedBy) => ({ enforcement, confirmedBy }));
    return { lease, input: {}, row: { before, after, reason: 'confirmed' } } as Scene;
  },
  releaseEnforcement: async () => {
    const lease = await inArrears();
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    const humanRelease = expect.objectContaining({ by: 'staff:test', reason: '取药' });
    const row = { before: { enforcement: 'restricted', humanRelease: null }, after: { humanRelease }, reason: '取药' };
    return { lease, input: { reason: '取药', until: null }, row } as Scene;
  },
  grantExemption: async () => {
    const exemption = { reason: '老人独居', until: null };
    return {
      lease: await inEffect(),
      input: exemption,
      row: { before: { exemption: null }, after: { exemption }, reason: '老人独居' },
    };
  },
  promiseInstalment: async () => {
    const lease = await inEffect();
    const until = addDays(lease.parts.terms.startsOn, 40);
    const row = { before: { until, amountFen: null }, after: { until, amountFen: 100_000 }, reason: 'promise' };
    return { lease, input: { until, amountFen: 100_000 }, row };
  },
  waiveLateFee: async () => {
    const lease = await inArrears();
    const { open } = await lease.until(({ enforcement }) => enforcement === 'restricted');
    await lease.payNow(open.reduce((sum, bill) => sum + bill.openFen, 0));
    const { open: left } = await lease.until(({ enforcement }) => enforcement === 'none');
    const billKey = left.find(({ kind }) => kind === 'lateFee')?.key;
    const after = expect.objectContaining({ billKey, openFen: 0 });
    const row = { before: { billKey, openFen: 300 }, after, reason: '首次逾期' };
    return { lease, input: { billKey, reason: '首次逾期' }, row } as Scene;
  },
};

const UPDATES = Object.values(messages).flatMap((message) =>
  typeof message === 'object' && message.type === 'update' ? [message.name] : [],
);

describe('every command to a lease', () => {
  it('is one of those that are tried here', () => {
    expect(UPDATES.length).toBeGreaterThan(10);
    expect(UPDATES.filter((name) => !SCENES[name])).toEqual([]);
  });

  it.each(UPDATES)(
    '%s leaves one audit row that says who, what was before and after, and why, though its steps run twice',
    async (name) => {
      const scene = SCENES[name];
      if (!scene) throw new Error(`no scene for ${name}`);
      const { lease, input, row } = await scene();
      const updateId = newId();
      const ask = () =>
        lease.handle.executeUpdate(name, { updateId, args: [{ by: 'staff:test', ...input }] }) as Promise<unknown>;
      await ask();
      await ask();
      expect(await rowsOf(lease, name)).toEqual([{ actor: 'staff:test', ...row }]);
    },
  );
});

describe('a day of moving out that is set while the lease is ending already', () => {
  it('is noted once, by who set it', async () => {
    const lease = await inEffect();
    const { endsOn: moveOutOn } = lease.parts.terms;
    await lease.travelTo(addDays(moveOutOn, -20));
    await lease.until(({ status }) => status === 'ending');
    await lease.ask('requestCheckout', { moveOutOn });
    expect(await rowsOf(lease, 'requestCheckout')).toEqual([
      {
        ...{ actor: 'staff:test', reason: 'expiry' },
        ...{ before: { status: 'ending' }, after: { status: 'ending', moveOutOn } },
      },
    ]);
  });
});

describe('a command that the caller stopped waiting for', () => {
  it('is on record all the same', async () => {
    const lease = await inEffect();
    const exemption = { reason: '老人独居', until: null };
    const args: [object] = [{ by: 'tenant:someone', ...exemption }];
    await lease.handle.startUpdate('grantExemption', { args, waitForStage: 'ACCEPTED' });
    const deadline = Date.now() + 20_000;
    while ((await rowsOf(lease, 'grantExemption')).length === 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(await rowsOf(lease, 'grantExemption')).toMatchObject([
      { actor: 'tenant:someone', after: { exemption }, reason: '老人独居' },
    ]);
  });

  it('that changes who lives there leaves nothing half done: change, co-tenants and audit row are written together', async () => {
    const lease = await inEffect();
    const { place, leaseId } = lease.parts;
    const asOperator = <T>(work: Parameters<typeof withOperator<T>>[2]) =>
      withOperator(world.db, place.operatorId, work);
    const friend = newId<'tenant'>();
    await asOperator((tx) =>
      tx.query(`INSERT INTO tenant (operator_id, id, name) VALUES ($1, $2, '李四')`, [place.operatorId, friend]),
    );
    const changeId = newId<'change'>();
    const change = { kind: 'coTenants', coTenantIds: [friend] };
    await asOperator((tx) =>
      insertChange(tx, {
        ...{ id: changeId, leaseId, kind: change.kind, status: 'requested', segment: change, dryRun: {} },
        ...{ requestedBy: 'staff:test', requestedAt: new Date(0).toISOString() },
      }),
    );
    await lease.ask('confirmChange', { changeId, change });
    expect(await asOperator((tx) => changesOf(tx, leaseId))).toMatchObject([{ status: 'applied' }]);
    expect(await asOperator((tx) => coTenantsOf(tx, leaseId))).toEqual([friend]);
    expect(await rowsOf(lease, 'confirmChange')).toMatchObject([
      { before: { coTenantIds: [] }, after: { coTenantIds: [friend] }, reason: 'coTenants' },
    ]);
    await expect(lease.ask('confirmChange', { changeId, change })).rejects.toMatchObject({
      cause: { type: 'ChangeDecided' },
    });
    expect(await rowsOf(lease, 'confirmChange')).toHaveLength(1);
  });
});

describe('a step of an older worker, which names no command', () => {
  it('is carried out and noted under the name of what it does', async () => {
    const lease = await inEffect();
    const { place, leaseId, terms } = lease.parts;
    const at = '2026-12-20T01:00:00.000Z';
    const step = { ref: { ...place, leaseId, number: 'L-1', roomNo: 'A-101' }, at, today: terms.startsOn };
    const { recordExemption, saveChange, recordEnforcement, moveLease } = world.activities;
    await recordExemption({ ...step, by: 'staff:old', reason: '老人独居', until: null });
    const early = { terms: { ...terms, endsOn: addDays(terms.startsOn, 60) }, billedUntil: null, leaving: null };
    const change = { changeId: newId<'change'>(), kind: 'earlyEnd', note: '擅自转租', ...early } as const;
    for (const _ of ['once', 'again']) await saveChange({ ...step, by: 'staff:old', ...change });
    await recordEnforcement({
      ...{ ...step, state: 'restricted', roomId: place.roomId, why: 'overdue', billKeys: [], confirmed: true },
    });
    await moveLease({ ...step, from: 'effective', to: 'ending', by: 'staff:old', reason: 'eviction' });
    const rows = await lease.query<{ action: string; actor: string }>(
      `SELECT action, concat_ws(':', actor_kind, actor_id) AS actor FROM audit_log
        WHERE subject_id = $1::text ORDER BY id DESC LIMIT 4`,
    );
    expect(rows).toEqual([
      { action: 'lease.status', actor: 'staff:old' },
      { action: 'lease.enforcement', actor: 'system' },
      { action: 'lease.evictLease', actor: 'staff:old' },
      { action: 'lease.grantExemption', actor: 'staff:old' },
    ]);
    await lease.handle.terminate('only its record was of interest');
  });
});

describe('a lock-out that a person confirmed', () => {
  it('names that person in the log and in the case file', async () => {
    const policy = { enforcement: { ...DEFAULT_POLICY.enforcement, mode: 'confirmed' as const } };
    const lease = await inArrears({ policy });
    await lease.until(({ enforcement }) => enforcement === 'awaitingConfirmation');
    await lease.ask('confirmEnforcement', {});
    await lease.until(({ enforcement }) => enforcement === 'restricted');
    const rows = await rowsOf(lease, 'enforcement');
    expect(rows.at(-1)).toMatchObject({ actor: 'staff:test', after: { enforcement: 'restricted' } });
    expect(await lease.query('SELECT decided_by FROM enforcement_case WHERE lease_id = $1')).toEqual([
      { decided_by: 'staff:test' },
    ]);
  });

  it('is read back from the record while it waits for the end of the quiet hours', async () => {
    const quietHours = { from: 22, until: 8 };
    const policy = { enforcement: { ...DEFAULT_POLICY.enforcement, mode: 'confirmed' as const, quietHours } };
    const lease = await inEffect({ policy });
    await lease.travelTo(addDays(addMonths(lease.parts.terms.startsOn, 1), 1), 1);
    await lease.until(({ enforcement }) => enforcement === 'awaitingConfirmation');
    await lease.ask('confirmEnforcement', {});
    const { operatorId } = lease.parts.place;
    const { state } = await world.activities.loadLease({ operatorId, leaseId: lease.parts.leaseId, now: Date.now() });
    expect(state).toMatchObject({ enforcement: 'awaitingConfirmation', confirmedBy: 'staff:test' });
  });
});

describe('what the platform does by itself', () => {
  it('is in the log once too: settlement, refund due, refund paid', async () => {
    const lease = await inEffect();
    const moveOutOn = addDays(lease.parts.terms.startsOn, 3);
    await lease.ask('evictLease', { changeId: newId<'change'>(), moveOutOn, reason: '擅自转租' });
    await lease.travelTo(moveOutOn, 18);
    await lease.until(({ status }) => status === 'checkingOut');
    await lease.ask('recordInspection', { damages: [] });
    await expect(lease.handle.result()).resolves.toMatchObject({ status: 'closed' });
    const counted = await lease.query(
      `SELECT action, count(*)::int AS rows FROM audit_log WHERE subject_id = $1::text AND actor_kind = 'system'
        AND action IN ('lease.settle', 'lease.openRefund', 'lease.payRefund', 'lease.enforcement') GROUP BY action ORDER BY action`,
    );
    expect(counted).toEqual(
      ['lease.enforcement', 'lease.openRefund', 'lease.payRefund', 'lease.settle'].map((action) => ({
        action,
        rows: 1,
      })),
    );
  });
});
