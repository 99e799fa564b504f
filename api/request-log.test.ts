import { expect, test } from '@jest/globals';
import { createLog } from './request-log';

test('an error in the log names the broken rule and where, and holds no value of the row', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const err = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    constraint: 'no_room_twice',
    detail: 'Key (phone)=(13911110096) exists',
    where: 'SQL statement "13911110096"',
    parameters: ['13911110096'],
  });
  log.error({ err }, 'request failed');
  expect(lines).toHaveLength(1);
  const [line = ''] = lines;
  expect(JSON.parse(line)).toMatchObject({ process: 'api', err: { code: '23505', constraint: 'no_room_twice' } });
  expect(line).not.toContain('13911110096');
});
