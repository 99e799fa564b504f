import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { RouteSpec } from '../contract/http/route';
import type { Tx } from '../db/tx';
import type { Id } from '../domain/ids';
import type { Actor, Scope } from './auth/actor';
import type { Services } from './services';

type Parsed<R, Part extends string> =
  R extends Readonly<Record<Part, infer S extends z.ZodType>> ? z.output<S> : undefined;

export type ActorOf<R extends RouteSpec> = R['rule'] extends 'public' | 'providerSignature' ? undefined : Actor;

/** What a handler of route `R` is given; everything in it is parsed and authorised. */
export type Call<R extends RouteSpec = RouteSpec> = {
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  readonly actor: ActorOf<R>;
  /** Communities that the route's permission reaches; every query of a community's rows takes it. */
  readonly scope: Scope;
  readonly services: Services;
  readonly req: Request;
  readonly res: Response;
  readonly at: Date;
  /** A transaction as the actor's operator. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The caller's Idempotency-Key, or a fresh one. */
  readonly key: string;
  /** Temporal's update id: the same when this caller repeats this request, never that of another caller or another route. */
  readonly commandId: string;
  /** The same id again when the same request is repeated. */
  businessId<Kind extends string>(kind: Kind): Id<Kind>;
  /** @throws Refusal when the caller edits something other than `current`. */
  requireMatch(current: object): void;
};

/** Bytes of a route that answers no JSON. */
export type Bytes = {
  readonly bytes: Buffer;
  readonly fileName: string;
  /** Where another party's protocol says what an answer is: instead of the route's own. */
  readonly status?: number;
  readonly type?: string;
};

/** Answers are only read from here on, so what the domain hands out as readonly can be sent as it is. */
export type Frozen<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Frozen<Item>[]
      : { readonly [Key in keyof T]: Frozen<T[Key]> };

type Answer<R extends RouteSpec> = R extends { readonly bytes: string }
  ? Bytes
  : R extends { readonly reply: infer S extends z.ZodType }
    ? Frozen<z.output<S>>
    : undefined;

export type Handler<R extends RouteSpec> = (call: Call<R>) => Promise<Answer<R>>;

/** A route with what it does; only `on` makes one, so that the handler fits the route's schemas. */
export type BoundRoute = { readonly spec: RouteSpec; readonly handle: (call: Call) => Promise<unknown> };

export const on = <R extends RouteSpec>(spec: R, handle: Handler<R>): BoundRoute => ({
  spec,
  // Parsing by the route's own schemas is what makes this true; see router.ts.
  handle: handle as unknown as BoundRoute['handle'],
});
