#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './lib/paths.mjs';
import { orExplain, say } from './lib/screen.mjs';
import { setUp } from './lib/set-up.mjs';
import { nodeTool } from './lib/tool.mjs';

/** Set-up, static checks and all tests. Arguments go to Jest (`npm test -- contract`), and then only Jest runs. */
const jestArgs = process.argv.slice(2);
const STATIC = [
  ['types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']],
  ['admin types', 'typescript/bin/tsc', ['--noEmit', '-p', 'admin/tsconfig.json']],
  ['tenant-web types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tenant-web/tsconfig.json']],
  ['lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
  ['dead code', 'knip/bin/knip.js', []],
];

process.chdir(inRoot());
await orExplain(async () => {
  await setUp();
  const checks = jestArgs.length === 0 ? await staticChecks() : { passed: 0, failed: 0 };
  const tests = await jest();
  const passed = checks.passed + tests.passed;
  const failed = checks.failed + tests.failed;
  // A run that tested nothing is not a success.
  process.exitCode = failed > 0 || tests.passed === 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
});

async function staticChecks() {
  let failed = 0;
  for (const [what, script, args] of STATIC) {
    const { code, output } = await nodeTool(what, script, args);
    say(`${what}: ${code === 0 ? 'passed' : 'FAILED'}`);
    if (code === 0) continue;
    failed += 1;
    process.stdout.write(`${output.trim()}\n`);
  }
  return { passed: STATIC.length - failed, failed };
}

async function jest() {
  const folder = mkdtempSync(join(tmpdir(), 'apartment-jest-'));
  const report = join(folder, 'report.json');
  const args = [inRoot('node_modules/jest/bin/jest.js'), '--json', `--outputFile=${report}`, ...jestArgs];
  // `--json` prints the whole report on standard output as well; people read Jest's own lines on standard error.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch {
    say('Jest ended without a report');
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
