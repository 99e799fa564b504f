import { execFileSync } from 'node:child_process';
import { SetupError } from './ports';

/** How to start a PostgreSQL program: it refuses to run as root, so root hands it to another account. */
export interface PostgresAccount {
  readonly uid?: number;
  readonly gid?: number;
  /** Put before every command. */
  readonly prefix: readonly string[];
}

/**
 * As an ordinary user nothing is needed. As root (containers, CI) the account `postgres` is used and made when missing.
 * A clone under /root or another closed folder cannot be entered by that account, so it keeps the one capability to pass
 * through where `setpriv` exists; files it writes still belong to it.
 */
export function postgresAccount(program: string, parentFolder: string): PostgresAccount {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const ids = accountIds() ?? createAccount();
  const probe = ['/bin/sh', '-c', 'test -x "$1" && "$0" --version', program, parentFolder];
  try {
    execFileSync(probe[0] ?? '', probe.slice(1), { ...ids, cwd: '/', stdio: 'ignore' });
    return { ...ids, prefix: [] };
  } catch {
    const prefix = [
      'setpriv',
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
    ];
    const [command = '', ...args] = [...prefix, ...probe];
    try {
      execFileSync(command, args, { cwd: '/', stdio: 'ignore' });
      return { prefix };
    } catch {
      throw new SetupError(
        'PostgreSQL does not run as root, and the account "postgres" may not enter this folder. Clone into a folder that others may enter (for example /srv), or work as an ordinary user.',
      );
    }
  }
}

function accountIds(): { uid: number; gid: number } | undefined {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createAccount(): { uid: number; gid: number } {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
  } catch {
    // Alpine and other BusyBox systems; what matters is whether the account exists afterwards.
    try {
      execFileSync('adduser', ['-S', '-D', '-H', 'postgres'], { stdio: 'ignore' });
    } catch {}
  }
  const ids = accountIds();
  if (ids) return ids;
  throw new SetupError(
    'PostgreSQL does not run as root and no account "postgres" could be made. Work as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.',
  );
}
