const started = Date.now();
let stream = process.stdout;

/** With `--json`, standard output belongs to one JSON document, and people read standard error. */
export function speakOnStandardError() {
  stream = process.stderr;
}

/** One line for the person at the terminal, with the time since the command was typed. */
export function say(line) {
  stream.write(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${line}\n`);
}

/** Where tools that we call may write. */
export const screen = () => stream;

/** A mistake of the machine or its settings: said in one line, without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Runs the whole of a command; what a person can put right is one clear line, and the rest is a bug with its stack. */
export async function orExplain(run) {
  try {
    await run();
  } catch (error) {
    if (error?.code === 'ENOSPC') stop('The disk is full. Make room (2 GB are needed) and start again.');
    if (['EACCES', 'EPERM', 'EROFS'].includes(error?.code))
      stop(`${error.path ?? 'This folder'} cannot be written to by this user. Clone into a folder of yours.`);
    // By name: the compiled server code has a class of its own.
    if (error?.name === 'SetupError' || error?.name === 'ConfigError') stop(error.message);
    console.error(error);
    process.exit(1);
  }
}

function stop(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}
