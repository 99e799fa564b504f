import { accessSync, constants, statfsSync } from 'node:fs';
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
  const { bavail, bsize } = statfsSync(root);
  const gib = (bavail * bsize) / 2 ** 30;
  if (gib < NEEDED_GIB) {
    throw new SetupError(
      `Only ${gib.toFixed(1)} GiB are free on this disk; ${NEEDED_GIB} are needed. Make room and start again.`,
    );
  }
}
