import { issueBills } from '../../db/bills';
import { post } from '../../db/ledger';
import { storePayment } from '../../db/payments';
import { withOperator } from '../../db/tx';
import { createRoomCommander } from '../../device-adapters/command-client';
import { generateBills } from '../../domain/bill-generation';
import { fen } from '../../domain/money';
import { demoId } from '../seed/demo-ids';
import type { Lived } from './run/live';
import { insist } from './run/patience';
import type { Stage } from './run/stage';

type Plant = (stage: Stage, life: Lived, at: string) => Promise<unknown>;

/** Bugs that can be planted into the record of one lease, to show that the run would have caught them. */
export const PLANTS: Readonly<Record<string, Plant>> = {
  /** A month is billed a second time under another key: keys alone would not notice. */
  'bill-twice': ({ knex, world }, { leaseId, scenario }, at) => {
    const [draft] = generateBills(scenario.terms, scenario.terms.startsOn, scenario.terms.endsOn).slice(3);
    if (!draft) throw new RangeError('the lease is too short for this bug');
    const drafts = [{ ...draft, key: `${draft.key}/again` }];
    return withOperator(knex, world.operatorId, (tx) =>
      issueBills(tx, { leaseId, communityId: world.communityId, at, drafts }),
    );
  },
  /** The provider's money is taken in a second time under another number. */
  'payment-twice': async ({ knex, world }, { leaseId, scenario }, at) => {
    const deed = scenario.deeds.find(({ kind }) => kind === 'pay');
    if (deed?.kind !== 'pay') throw new RangeError('the tenant never pays');
    const id = demoId<'payment'>(`${leaseId}/again`);
    const payment = { id, leaseId, channel: 'simulator', providerNumber: `${leaseId}/again`, paidAt: at } as const;
    await withOperator(knex, world.operatorId, (tx) =>
      storePayment(tx, { ...payment, amountFen: fen(deed.amountFen) }),
    );
    return insist('the planted payment', async () => {
      const rows = await withOperator(knex, world.operatorId, (tx) =>
        tx.query(`SELECT 1 FROM payment WHERE id = $1 AND status = 'applied'`, [id]),
      );
      return rows.length > 0 || null;
    });
  },
  /** One fen goes from credit to revenue in a transaction that balances: the database's own constraint is content. */
  'fen-moved': ({ knex, world }, { leaseId }, at) =>
    withOperator(knex, world.operatorId, (tx) =>
      post(tx, world.communityId, [
        {
          ...{ key: `odd/${leaseId}`, kind: 'creditUse', at, leaseId, reverses: null },
          entries: [
            { account: 'prepayment', amountFen: fen(1) },
            { account: 'revenue.other', amountFen: fen(-1) },
          ],
        },
      ]),
    ),
  /** A door is told the opposite of what the policy says. */
  'door-wrong': async ({ scratch, world }, { leaseId, n, scenario }, at) => {
    const roomId = world.roomIds[n];
    if (!roomId) throw new RangeError(`no room ${n}`);
    const commander = createRoomCommander(scratch.mqttUrl);
    const over = new Date(scenario.until).toISOString().slice(0, 10) > scenario.terms.endsOn;
    const action = over ? 'unlock' : 'lock';
    const { operatorId } = world;
    const command = {
      operatorId,
      leaseId,
      roomId,
      part: 'door',
      action,
      commandId: 'planted',
      reason: 'planted',
      at,
    } as const;
    const result = await commander.send(command, 10_000);
    await commander.close();
    if (!result.confirmed) throw new Error(`the door did not obey: ${result.why}`);
  },
};

/** Plants a bug into the first lease that it fits. @throws RangeError naming the bugs there are */
export async function plantBug(stage: Stage, name: string, lives: readonly Lived[]): Promise<void> {
  const plant = PLANTS[name];
  if (!plant) throw new RangeError(`no bug "${name}"; there are: ${Object.keys(PLANTS).join(', ')}`);
  const life = lives.find(({ scenario }) => scenario.begins);
  if (!life) throw new RangeError('no lease to plant a bug in');
  await plant(stage, life, new Date(life.scenario.until + 60_000).toISOString());
}
