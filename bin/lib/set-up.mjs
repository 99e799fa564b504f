import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { buildWeb, bundleWorkflows, compileServer } from './compile.mjs';
import { install } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { inRoot } from './paths.mjs';
import { say } from './screen.mjs';

/** Everything between a fresh clone and running; on an unchanged clone it takes well under a second. */
export async function setUp() {
  checkMachine();
  await install();
  await compileServer();
  // Temporal's build and the bundlers share two cores no better than one after the other, but a download waits for the network.
  await Promise.all([getTemporal(), bundleWorkflows().then(buildWeb)]);
}

async function getTemporal() {
  if (process.env.TEMPORAL_ADDRESS) return;
  const require = createRequire(inRoot('package.json'));
  const { findTemporal, kindOfData, temporalCacheDir } = require(inRoot('dist/deploy/embedded/temporal-program.js'));
  const dataDir = resolve(inRoot(), process.env.DATA_DIR ?? '.data');
  await findTemporal({ cacheDir: temporalCacheDir(dataDir), say, only: kindOfData(dataDir) });
}
