import { openDatabase } from '../../db/knex';
import { shanghaiInstant } from '../../domain/calendar';
import { EXAMPLE_DAY, exampleSheet } from './example-roll';
import { importRoll } from './import-roll';
import { findOperator } from './operator';
import type { Target } from './target';
import { scratchTarget } from './target';
import { writeXlsx } from './xlsx/write';

export type ImportBench = {
  readonly rooms: number;
  readonly roomsPerSecond: number;
  readonly seconds: number;
  /** Of this process since it began; PostgreSQL's own memory is not in it. */
  readonly peakRssMb: number;
};

/**
 * Imports a generated roll of `rooms` rooms, nine in ten of them let, into an empty database of its own, and measures from the first byte
 * of the workbook to the commit. @throws Error when the import did not take every room.
 */
export async function importRoomsBench(rooms = 100_000): Promise<ImportBench> {
  const bytes = writeXlsx([exampleSheet({ rooms, asOf: EXAMPLE_DAY })]);
  const target: Target = await scratchTarget();
  const knex = openDatabase(target.url, 'app', 2);
  try {
    const operatorId = await findOperator(knex, undefined);
    const actor = { kind: 'system', id: null, name: 'bench' } as const;
    const options = { dryRun: false, skipBadRows: false, scope: null, now: new Date(shanghaiInstant(EXAMPLE_DAY, 9)) };
    const file = { name: `rent-roll-${rooms}.xlsx`, bytes };
    const started = performance.now();
    const report = await importRoll({ knex, operatorId, keys: target.keys, file, actor, ...options });
    const seconds = (performance.now() - started) / 1000;
    if (report.created.rooms !== rooms) throw new Error(`imported ${report.created.rooms} of ${rooms} rooms`);
    const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
    return { rooms, roomsPerSecond: Math.round(rooms / seconds), seconds: Math.round(seconds * 10) / 10, peakRssMb };
  } finally {
    await knex.destroy();
    await target.stop();
  }
}
