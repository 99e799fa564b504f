import { Client, Connection } from '@temporalio/client';
import { DEMO_LOGINS } from '../../contract/demo-logins';
import { dataConverterOf } from '../../contract/temporal/codec';
import { openDatabase } from '../../db/knex';
import type { Scratch } from '../../deploy/scratch';
import { signInStaff, signInTenant } from '../seed/api-client';
import { payFirstBill, seedDemo } from '../seed/demo';
import { DEMO_OPERATOR_ID } from '../seed/demo-ids';
import { demoLeaseId } from '../seed/demo-leases';
import { DEMO_TENANTS, demoTenant } from '../seed/demo-people';
import { demoRoom } from '../seed/demo-places';
import { until, watchLease } from './lease-watch';
import { watchRoom } from './room-watch';

export type Cast = Awaited<ReturnType<typeof gatherCast>>;

const TENANT = '孙强';
const NEIGHBOUR = 'DEMO-0006';

/** Everyone who takes part: landlord and tenant signed in, an empty room, and a neighbour whose lease lives in the present. */
export async function gatherCast({ config, apiUrl }: Scratch) {
  const knex = openDatabase(config.databaseUrl, 'app', 4);
  const { address, namespace, codecKeys } = config.temporal;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter: dataConverterOf(codecKeys) });
  await seedDemo(knex, config.personalDataKeys);
  await payFirstBill(knex, 60_000);
  const neighbour = watchLease({ knex, client }, DEMO_OPERATOR_ID, demoLeaseId(NEIGHBOUR));
  await until('the neighbour to live', () => neighbour.clock().catch(() => null));
  const phone = DEMO_TENANTS.find(({ name }) => name === TENANT)?.phone ?? '';
  const roomId = demoRoom('2', '301');
  const room = await watchRoom(config.mqttUrl, DEMO_OPERATOR_ID, roomId);
  return {
    knex,
    client,
    operatorId: DEMO_OPERATOR_ID,
    admin: await signInStaff(apiUrl, DEMO_LOGINS.admin),
    tenant: await signInTenant(apiUrl, config.simulator.url, phone),
    tenantId: demoTenant(TENANT),
    roomId,
    room,
    neighbour,
    async leave(): Promise<void> {
      await Promise.all([room.close(), knex.destroy(), connection.close()]);
    },
  };
}
