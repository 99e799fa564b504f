import { z } from 'zod';

/** Wrong or missing settings, one line each, by the name of the variable; values are left out, some are secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that `shape` names. Others are ignored: an environment is shared. An empty value counts as missing, because that
 * is what `NAME=` in an env file means.
 * @throws ConfigError
 */
export function readSettings<Shape extends z.core.$ZodShape>(shape: Shape, env: Env): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = z.object(shape).safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => describe(issue, given)).join('\n'));
  return parsed.data;
}

/** What `read` makes of the environment, for a process that starts: when a setting is wrong, the process says which and ends with 1. */
export function settingsOf<T>(program: string, read: (env: Env) => T): T {
  try {
    return read(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message.replace(/^/gm, `${program}: `)}\n`);
    return process.exit(1);
  }
}

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0]);
  return name in given
    ? `${name} ${issue.message}`
    : `${name} is missing and ${issue.message.replace(' / ', ` / ${name} 未设置，`)}`;
}
