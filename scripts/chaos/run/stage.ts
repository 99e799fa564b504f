import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { hashPassword } from '../../../api/auth/password';
import { dataConverterOf } from '../../../contract/temporal/codec';
import { openDatabase } from '../../../db/knex';
import { insertStaff, replaceRoles } from '../../../db/queries/staff';
import { withOperator } from '../../../db/tx';
import type { Scratch } from '../../../deploy/scratch';
import { type CashierClient, createCashierClient } from '../../../service-adapters/cashier/client';
import { ensureDemoKeys } from '../../../service-adapters/cashier/keys';

import { createSigner } from '../../../service-adapters/signing';
import { type ApiClient, signInStaff } from '../../seed/api-client';
import { demoId } from '../../seed/demo-ids';
import { buildWorld, type World } from '../../seed/world';

/** What the people of the run act through; none of it is a part that is killed. */
export type Stage = {
  readonly scratch: Scratch;
  readonly knex: Knex;
  readonly client: Client;
  readonly world: World;
  readonly staff: ApiClient;
  readonly gateway: CashierClient;
  /** Signs as the payment provider does. */
  readonly signAsProvider: ReturnType<typeof createSigner>;
  close(): Promise<void>;
};

const STAFF = { login: 'manager@chaos', password: 'chaos-manager-2026', name: '值班经理' };

export async function setStage(scratch: Scratch, rooms: number): Promise<Stage> {
  const { config, apiUrl } = scratch;
  const knex = openDatabase(config.databaseUrl, 'app', 16);
  const { address, namespace, codecKeys } = config.temporal;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter: dataConverterOf(codecKeys) });
  const world = await buildWorld(knex, { name: 'chaos', rooms });
  await withOperator(knex, world.operatorId, async (tx) => {
    const id = demoId<'staff'>('chaos/manager');
    const { login, name, password } = STAFF;
    await insertStaff(tx, { id, login, name, passwordHash: await hashPassword(password) });
    await replaceRoles(tx, id, [{ role: 'operatorAdmin', communityId: null }]);
  });
  const keys = ensureDemoKeys(config.dataDir);
  return {
    scratch,
    knex,
    client,
    world,
    staff: await signInStaff(apiUrl, STAFF),
    gateway: createCashierClient({
      baseUrl: config.simulator.url,
      merchantPrivatePem: keys.merchant.privatePem,
      providerPublicPem: keys.provider.publicPem,
    }),
    signAsProvider: createSigner(keys.provider.privatePem),
    async close() {
      await Promise.all([knex.destroy(), connection.close()]);
    },
  };
}
