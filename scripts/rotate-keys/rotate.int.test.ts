import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Knex } from 'knex';
import { documentBytes, storeDocument } from '../../db/documents';
import { openDatabase } from '../../db/knex';
import { blindIndex, decryptPersonal, encryptPersonal, type PersonalDataKeys } from '../../db/personal-data';
import { insertTenant } from '../../db/queries/tenants';
import { ENCRYPTED_PLACES, rotatePersonalData } from '../../db/rotate-personal-data';
import { aLease, aPlace, newId, type Place } from '../../db/testing';
import { withOperator } from '../../db/tx';
import type { LeaseId } from '../../domain/ids';
import { type TestDatabase, testDatabase } from '../../test/harness/database';
import { rotateKeys } from './rotate';

jest.setTimeout(60_000);

const AT = '2026-03-01T01:00:00.000Z';
const indexKey = randomBytes(32);
const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
/** As PII_KEYS would be: the newest in front. */
const keysOf = (...keys: [string, Buffer][]): PersonalDataKeys => ({
  currentKeyId: keys[0]?.[0] ?? '',
  keys: new Map(keys),
  indexKey,
});
const OLD = keysOf(['k1', first]);
const BOTH = keysOf(['k2', second], ['k1', first]);
const NEW = keysOf(['k2', second]);

let database: TestDatabase;
let app: Knex;
let owner: Knex;
let places: readonly Place[];
let leases: readonly LeaseId[];
const said: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  app = openDatabase(database.url, 'app', 2);
  owner = openDatabase(database.url, 'owner', 2);
  places = [await aPlace(app), await aPlace(app)];
  leases = await Promise.all(places.map((place) => aLease(app, place)));
  for (const [index, place] of places.entries()) await fill(place, leases[index] ?? newId());
}, 120_000);
afterAll(async () => {
  await Promise.all([app?.destroy(), owner?.destroy()]);
  await database?.drop();
});

const secret = (n: number) => `1380000000${n}`;

/** For one operator: three tenants with phone and ID number, a co-tenant, a staff member with an authenticator, two contracts. */
async function fill({ operatorId }: Place, leaseId: LeaseId): Promise<void> {
  const seal = (text: string) => encryptPersonal(text, OLD);
  await withOperator(app, operatorId, async (tx) => {
    for (const n of [1, 2, 3]) {
      const phone = { phoneEnc: seal(secret(n)), phoneHash: blindIndex('phone', secret(n), OLD) };
      const idNumber = { idNumberEnc: seal(`11010519900101000${n}`), idNumberHash: `${n}` };
      await insertTenant(tx, newId(), { name: `租客${n}`, ...phone, idKind: 'residentId', ...idNumber });
    }
    await tx.query(
      `INSERT INTO co_tenant (operator_id, lease_id, name, phone_enc, phone_hash, id_number_enc, id_number_hash, since)
        VALUES ($1, $2, '李四', $3, 'h', $4, 'h', '2026-01-01')`,
      [operatorId, leaseId, seal('13900000000'), seal('110105199001010009')],
    );
    await tx.query(
      `INSERT INTO staff (operator_id, login, name, password_hash, totp_secret_enc) VALUES ($1, $2, 'n', 'h', $3)`,
      [operatorId, `u${operatorId}`, seal('JBSWY3DPEHPK3PXP')],
    );
    for (const key of ['contract', 'contract/sealed']) {
      const bytes = Buffer.from(`${key} 王小明 ${secret(1)}`);
      await storeDocument(tx, { leaseId, key, title: 't', mime: 'application/pdf', bytes, at: AT }, OLD);
    }
  });
}

const rotate = (keys: PersonalDataKeys) => rotateKeys({ app, owner, keys, say: (line) => void said.push(line) });

describe('rotating the keys of personal data', () => {
  it('goes on where an earlier run was stopped, in transactions of few rows', async () => {
    const [place] = places;
    if (!place) throw new Error('no place');
    const batch = () => withOperator(owner, place.operatorId, (tx) => rotatePersonalData(tx, BOTH, 2));
    expect(await batch()).toEqual({ 'tenant.phone_enc': 2 });
    expect(await batch()).toEqual({ 'tenant.phone_enc': 1, 'tenant.id_number_enc': 1 });
  });

  it('brings the rest of every column and every contract under the new key, and says that the old one can go', async () => {
    expect(await rotate(BOTH)).toEqual({
      currentKeyId: 'k2',
      operators: 2,
      rotated: {
        'tenant.phone_enc': 3,
        'tenant.id_number_enc': 5,
        'co_tenant.phone_enc': 2,
        'co_tenant.id_number_enc': 2,
        'staff.totp_secret_enc': 2,
        'document.bytes': 4,
      },
      inUse: { k2: 22 },
      droppable: ['k1'],
    });
    expect(said.at(-1)).toMatch(/^operator 2 of 2: /);
  });

  it('leaves people findable and contracts readable without the old key, word for word', async () => {
    for (const [index, { operatorId }] of places.entries()) {
      const leaseId = leases[index] ?? newId<'lease'>();
      await withOperator(app, operatorId, async (tx) => {
        const hash = blindIndex('phone', secret(2), NEW);
        const found = await tx.query<{ phone_enc: string }>('SELECT phone_enc FROM tenant WHERE phone_hash = $1', [
          hash,
        ]);
        expect(found.map((row) => decryptPersonal(row.phone_enc, NEW))).toEqual([secret(2)]);
        const sealed = await documentBytes(tx, leaseId, 'contract/sealed', NEW);
        expect(sealed?.bytes.toString()).toBe(`contract/sealed 王小明 ${secret(1)}`);
      });
    }
  });

  it('changes nothing when it is run again', async () => {
    const { rotated, inUse } = await rotate(BOTH);
    expect(Object.values(rotated)).toEqual(ENCRYPTED_PLACES.map(() => 0));
    expect(inUse).toEqual({ k2: 22 });
  });

  it('touches nothing when a key is missing under which something still lies, and names it', async () => {
    await expect(rotate(keysOf(['k3', third]))).rejects.toThrow('PII_KEYS lacks k2, and data still lies under it');
    expect((await rotate(BOTH)).inUse).toEqual({ k2: 22 });
  });

  it('is no right of the app: a contract that was stored stays as it is', async () => {
    const [place] = places;
    if (!place) throw new Error('no place');
    const attempt = withOperator(app, place.operatorId, (tx) => tx.query(`UPDATE document SET bytes = 'x'`));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });

  it('covers every column that holds ciphertext', async () => {
    const { rows } = await owner.raw<{ rows: { place: string }[] }>(
      `SELECT c.table_name || '.' || c.column_name AS place FROM information_schema.columns c JOIN information_schema.tables t
        USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND (c.column_name LIKE '%\\_enc' OR c.data_type = 'bytea')`,
    );
    expect(rows.map(({ place }) => place).sort()).toEqual([...ENCRYPTED_PLACES].sort());
  });
});
