import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXAMPLE_DAY, exampleSheet } from './import-roll/example-roll';
import { writeXlsx } from './import-roll/xlsx/write';

/** Writes the example roll again: `node dist/scripts/generate-example-roll.js [FILE] [ROOMS]`. The same arguments give the same bytes. */
function main([file = join('examples', 'rent-roll-1000.xlsx'), rooms = '1000']: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, writeXlsx([exampleSheet({ rooms: Number(rooms), asOf: EXAMPLE_DAY })]));
  process.stdout.write(`${file}: ${rooms} rooms\n`);
}

main(process.argv.slice(2));
