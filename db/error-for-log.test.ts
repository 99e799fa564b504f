import { describe, expect, it } from '@jest/globals';
import { errorForLog } from './error-for-log';

const PHONE = '13911110096';
const refused = (message: string, code: string) =>
  Object.assign(new Error(message), {
    code,
    constraint: 'tenant_operator_id_phone_hash_key',
    table: 'tenant',
    detail: `Key (phone)=(${PHONE}) already exists.`,
    where: `COPY tenant, line 1: "${PHONE}"`,
    parameters: [PHONE],
  });

describe('an error in a log', () => {
  it('says which rule of which table was broken, and nothing of the row', () => {
    const logged = errorForLog(refused('duplicate key value violates unique constraint', '23505'));
    expect(logged).toMatchObject({ code: '23505', constraint: 'tenant_operator_id_phone_hash_key', table: 'tenant' });
    expect(logged.stack).toContain('error-for-log.test');
    expect(JSON.stringify(logged)).not.toContain(PHONE);
  });

  it('does not repeat the value that the database could not read', () => {
    const logged = errorForLog(refused(`invalid input syntax for type uuid: "${PHONE}"`, '22P02'));
    expect(logged.message).toBe('invalid input syntax for type uuid: "..."');
    expect(JSON.stringify(logged)).not.toContain(PHONE);
  });

  it('keeps what caused it under the same rule', () => {
    const cause = refused('null value in column "name"', '23502');
    const logged = errorForLog(new Error('the import failed', { cause }));
    expect(logged.cause).toMatchObject({ message: 'null value in column "name"', code: '23502' });
    expect(JSON.stringify(logged)).not.toContain(PHONE);
  });

  it('says what else was thrown, and ends with a chain that bites its own tail', () => {
    expect(errorForLog('out of paper')).toMatchObject({ type: 'string', message: 'out of paper' });
    const endless = new Error('again');
    endless.cause = endless;
    expect(JSON.stringify(errorForLog(endless)).match(/"message":"again"/g)).toHaveLength(6);
  });
});
