import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../deploy/embedded/ports';

/**
 * Two platforms on one data folder would take each other's PostgreSQL for a leftover and end it. The note of a process that is gone,
 * or whose number now belongs to another program, is ignored.
 * @throws SetupError when one runs already
 */
export function onlyOne(dataDir: string): void {
  const file = join(dataDir, 'supervisor.pid');
  const pid = Number(readOr(file, '0'));
  if (pid > 1 && pid !== process.pid && isNode(pid)) {
    throw new SetupError(
      `The platform is running already on ${dataDir} (process ${pid}). Stop it first, or choose another folder: DATA_DIR=.data2 npm start`,
    );
  }
  writeFileSync(file, String(process.pid));
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

function isNode(pid: number): boolean {
  try {
    return /start\.mjs|supervisor/.test(
      execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }),
    );
  } catch {
    return false;
  }
}
