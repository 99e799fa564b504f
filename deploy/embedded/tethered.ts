import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** A process of ours, and how to end it. */
export interface OwnProcess {
  readonly pid: number;
  /** Settles (never rejects) when it has ended, with its code or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Asks it to end, and after `graceMs` (8 s by default) makes it. */
  stop(graceMs?: number): Promise<void>;
}

export interface SpawnOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Standard output and error are appended here. */
  readonly logFile: string;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Programs that know nothing of us (postgres, the temporal CLI) must end with us even when we are killed outright. This
 * shell holds our pipe as its descriptor 3 and interrupts the program when the pipe closes, whatever the reason.
 * SIGINT, because it is postgres' "fast" shutdown; the shell would have let it be ignored, but both set their own handler.
 */
const TETHER = `exec 3<&0
"$@" </dev/null 3<&- &
child=$!
trap 'kill -INT $child 2>/dev/null' INT TERM
( read _ <&3; kill -INT $child 2>/dev/null ) &
watcher=$!
wait $child; code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
kill $watcher 2>/dev/null
exit $code`;

/** Starts a foreign program so that it cannot outlive this process. */
export function spawnTethered(options: SpawnOptions): OwnProcess {
  return spawnOwn({ ...options, command: '/bin/sh', args: ['-c', TETHER, 'tether', options.command, ...options.args] });
}

/** Starts a program that itself ends when its standard input closes or its parent changes. */
export function spawnOwn(options: SpawnOptions): OwnProcess {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    stdio: ['pipe', log, log],
    env: options.env ?? process.env,
    // Its own group: Ctrl-C in the terminal reaches us alone, and we end our parts in order.
    detached: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  closeSync(log);
  return ownProcess(child);
}

/** Wraps a child process; it must not have ended yet. */
export function ownProcess(child: ChildProcess): OwnProcess {
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    child.once('error', (error) => resolve(error.message));
  });
  // A write to a dead child's pipe must not throw in the parent.
  child.stdin?.on('error', () => undefined);
  return {
    pid: child.pid ?? -1,
    ended,
    async stop(graceMs = 8000) {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(hard);
    },
  };
}
