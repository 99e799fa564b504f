import { PROBLEMS, type ProblemCode } from '../contract/errors';
import type { Problem } from '../contract/http/common';

/** What a refusal may add to its entry in the problem table. */
export type RefusalExtras = {
  readonly detail?: string;
  /** Without words in English a field gets those of the refusal itself. */
  readonly errors?: readonly { readonly path: string; readonly message: string; readonly messageEn?: string }[];
  readonly choices?: Problem['choices'];
  /** Seconds; becomes `Retry-After`. */
  readonly retryAfter?: number;
};

/** An expected refusal on its way to the error handler; its code is in contract/errors, so it always has a status and a title. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly extras: RefusalExtras;

  constructor(code: ProblemCode, extras: RefusalExtras = {}) {
    super(extras.detail ?? PROBLEMS[code].en);
    this.name = 'Refusal';
    this.code = code;
    this.extras = extras;
  }
}

/** Unwraps what must exist: someone else's row and no row at all are the same answer. @throws Refusal NotFound */
export function found<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Refusal('NotFound');
  return value;
}
