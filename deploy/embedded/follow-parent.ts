import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded (`node --require`) into every Node process that we start: its standard input is a pipe from us, and when we are gone, for
 * whatever reason, the pipe closes. It asks the process to end as Ctrl-C would, and then makes it.
 */
const GRACE_MS = 8000;

function followParent(): void {
  process.stdin.on('error', () => undefined);
  process.stdin.once('end', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  process.stdin.resume();
  // Listening alone must not keep a process alive that has finished its work. A pipe's handle has unref, a file's has not.
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
}

// Worker threads preload this too, and their standard input has ended before it began.
if (isMainThread) followParent();
