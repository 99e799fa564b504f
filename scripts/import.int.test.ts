import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'import-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command as a person types it. */
function run(...args: string[]) {
  const require = join(__dirname, '..', 'test', 'harness', 'ts-require.cjs');
  const command = ['--require', require, join(__dirname, 'import.ts'), ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', cwd: folder, timeout: 50_000 });
  return { status, stderr };
}

describe('npm run import', () => {
  it.each([
    ['without a file', [], '没有指定文件 / no file was named'],
    ['with two files', ['a.csv', 'b.csv'], '一次只能导入一个文件 / one file at a time'],
    ['with a file that is not there', ['missing.csv'], '没有找到文件 / there is no such file: missing.csv'],
    ['with a folder', ['.'], '这是一个文件夹,不是文件 / that is a folder, not a file: .'],
    ['with an option that it does not know', ['--dry'], '不认识的选项 / unknown option'],
  ])('%s says in Chinese and English what is wrong, and fails', (_case, args, words) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/ENOENT|EISDIR|ERR_|at .*\.ts/);
    expect(status).toBe(1);
  });

  it('of a file in which nothing is recognised fails with advice', () => {
    writeFileSync(join(folder, 'nonsense.csv'), '姓名;金额\n张三;100\n');
    const { status, stderr } = run('nonsense.csv', '--dry-run');
    expect(stderr).toContain('下载导入模板');
    expect(status).toBe(1);
  });
});
