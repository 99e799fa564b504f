import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { root } from './paths.mjs';
import { SetupError } from './screen.mjs';

const NEEDED_GIB = 2;

/** What must be right before anything is installed: each refusal says what to do. */
export function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Node ${process.versions.node} is too old. Install Node 20.19 or newer.`);
  }
  if (process.platform === 'win32') throw new SetupError('Windows is not supported. Use Linux, macOS or WSL.');
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new SetupError(`${root} cannot be written to by this user. Clone into a folder of yours.`);
  }
  for (const folder of [root, process.env.DATA_DIR]) if (folder) checkRoom(folder);
}

/** The data may lie on another disk than the clone. */
function checkRoom(wanted) {
  let folder = resolve(wanted);
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const gib = (bavail * bsize) / 2 ** 30;
  if (gib < NEEDED_GIB) {
    throw new SetupError(
      `Only ${gib.toFixed(1)} GiB are free on the disk of ${wanted}; ${NEEDED_GIB} are needed. Make room and start again.`,
    );
  }
}
