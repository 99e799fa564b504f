/** What a log may say of an error. */
export type LoggedError = {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: LoggedError;
};

const CAUSES_AT_MOST = 5;

/**
 * An error without the pieces of rows that PostgreSQL puts into `detail`, `where` and the quoted value of an unreadable input. An allow-list:
 * what a library adds to its errors tomorrow (requests, parameters, buffers) stays out too.
 */
export function errorForLog(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: '' };
  const { code, constraint, table, cause } = error as Error & Readonly<Record<string, unknown>>;
  const message = withoutValue(error.message, code);
  return {
    type: error.name,
    message,
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(typeof table === 'string' && { table }),
    ...(cause instanceof Error && depth < CAUSES_AT_MOST && { cause: errorForLog(cause, depth + 1) }),
  };
}

/** Class 22 quotes the value that it could not read: `invalid input syntax for type uuid: "..."`. */
const withoutValue = (message: string, code: unknown): string =>
  typeof code === 'string' && code.startsWith('22') ? message.replace(/"[\s\S]*"/, '"..."') : message;
