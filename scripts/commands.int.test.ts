import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';

jest.setTimeout(60_000);

/** The command as a person types it; one that began its work instead of answering would run into the time limit. */
function run(name: string, ...args: string[]) {
  const require = join(__dirname, '..', 'test', 'harness', 'ts-require.cjs');
  const command = ['--require', require, join(__dirname, `${name}.ts`), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 50_000 });
  return { status, stdout, stderr };
}

describe.each(['chaos', 'demo', 'bench', 'import', 'rotate-keys'])('npm run %s', (name) => {
  test('says with --help what it takes and starts nothing', () => {
    const { status, stdout, stderr } = run(name, '--help');
    expect(stdout).toContain(`npm run ${name} --`);
    expect(stdout).toContain('--json');
    expect([status, stderr]).toEqual([0, '']);
  });

  test('refuses an option that it does not know in a plain line, before anything is started', () => {
    const { status, stdout, stderr } = run(name, '--dry-rum');
    expect(stderr.split('\n')[0]).toMatch(/^不认识的选项 \/ unknown option/);
    expect(stderr).not.toMatch(/\bat .*\.ts/);
    expect(stdout).toBe('');
    expect(status).toBe(name === 'import' ? 1 : 2);
  });
});
