import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ensureDemoKeys } from './keys';

jest.setTimeout(60_000); // making RSA keys takes long on a busy machine

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes keys once, readable by their owner only, different for both sides', () => {
  const first = ensureDemoKeys(folder);
  expect(ensureDemoKeys(folder)).toEqual(first);
  expect(first.merchant.privatePem).not.toBe(first.provider.privatePem);
  expect(first.merchant.publicPem).toContain('BEGIN PUBLIC KEY');
  const files = readdirSync(join(folder, 'cashier-keys'));
  expect(files.sort()).toEqual(['merchant.private.pem', 'provider.private.pem']);
  expect(files.map((file) => statSync(join(folder, 'cashier-keys', file)).mode & 0o777)).toEqual([0o600, 0o600]);
});

it('gives processes that start at the same moment the same keys', async () => {
  const script = `
    const { transformFileSync } = require('@swc/core');
    const { code } = transformFileSync(${JSON.stringify(join(__dirname, 'keys.ts'))}, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
    const m = { exports: {} };
    new Function('require', 'exports', 'module', code)(require, m.exports, m);
    process.stdout.write(m.exports.ensureDemoKeys(${JSON.stringify(folder)}).merchant.publicPem);`;
  const run = promisify(execFile);
  const processes = Array.from({ length: 4 }, () => run(process.execPath, ['-e', script], { cwd: process.cwd() }));
  const keys = (await Promise.all(processes)).map(({ stdout }) => stdout);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toContain('BEGIN PUBLIC KEY');
});
