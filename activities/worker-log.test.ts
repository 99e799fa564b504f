import { expect, test } from '@jest/globals';
import { workerLog } from './worker-log';

test('a failed step is told with its lease and its reason, not with the row that the database refused', () => {
  const lines: string[] = [];
  const log = workerLog((line) => lines.push(line));
  const error = Object.assign(new Error('violates check constraint'), {
    code: '23514',
    detail: 'Failing row (王小明)',
  });
  log.warn('Activity failed', { workflowId: 'lease/1', error });
  log.info('not said');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^WARN Activity failed .*lease\/1.*violates check constraint/s);
  expect(lines[0]).not.toContain('王小明');
});
