import type { UpdateDefinition } from '@temporalio/common';
import type { LeaseState } from '../contract/temporal/lease-state';
import type { Tx } from '../db/tx';
import type { LeaseId } from '../domain/ids';
import { type Actor, actorName, type Scope } from './auth/actor';
import { accessLease, viewerOf } from './lease-access';
import type { Services } from './services';

/** The parts of a call that a command to a lease needs; every lease verb's call has them. */
export type LeaseCall = {
  readonly params: { readonly id: LeaseId };
  readonly actor: Actor;
  readonly scope: Scope;
  readonly services: Services;
  readonly commandId: string;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
};

type By = { readonly by: string };

/**
 * Sends a command to a lease that the caller may reach. The workflow decides, and the step that stores what became of it notes who asked,
 * so that a command is on record although its answer came too late. @throws Refusal
 */
export async function askLease<Input extends By>(
  call: LeaseCall,
  update: UpdateDefinition<LeaseState, [Input]>,
  input: Omit<Input, 'by'>,
): Promise<{ leaseId: LeaseId; number: string; status: LeaseState['status']; enforcement: LeaseState['enforcement'] }> {
  const { actor, services, commandId, params, tx } = call;
  const { number } = await tx((open) => accessLease(open, params.id, viewerOf(actor, call.scope)));
  const address = { operatorId: actor.operatorId, leaseId: params.id };
  const asked = { ...input, by: actorName(actor) } as Input;
  const state = await services.leases.ask(address, { update, input: asked, updateId: commandId });
  return { leaseId: params.id, number, status: state.status, enforcement: state.enforcement };
}
