import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcDeadlineError, type WorkflowHandle } from '@temporalio/client';
import { leaseHandle } from '../contract/temporal/start-lease';
import { readClock, skipTime, untilArrived, type WorkflowClock } from '../contract/temporal/time-travel';
import type { LocalDate } from '../domain/calendar';
import { shanghaiInstant } from '../domain/calendar';
import type { LeaseId } from '../domain/ids';
import { refusalOf } from './lease-commands';
import { Refusal } from './refusal';

/** How far: a length, or the first moment of a day in Shanghai. */
export type Journey = { readonly durationMs: number } | { readonly to: LocalDate };

export type Arrival = { readonly now: Date; readonly closed: boolean; readonly seconds: number };

export type TimeTravel = { travel(leaseId: LeaseId, journey: Journey): Promise<Arrival> };

/** A year of a lease takes seconds; a worker that is down would take for ever. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 40;

/**
 * Carries one lease forward on the real server, beside leases that live in the present: its timers up to the target fire at once, each at
 * its own virtual time. Needs a server with time skipping allowed (deploy/temporal-server).
 */
export function createTimeTravel(client: Client): TimeTravel {
  async function arrive(handle: WorkflowHandle, id: string, deadline: number): Promise<WorkflowClock> {
    for (let patienceMs = deadline - Date.now(); patienceMs > 0; patienceMs = deadline - Date.now()) {
      await untilArrived(client, handle.workflowId, { id, patienceMs }).catch((error: unknown) => {
        if (!isGrpcDeadlineError(error)) throw error;
      });
      const clock = await readClock(handle);
      // A journey beyond the lease's end is never reported as completed: the close is its end.
      if (clock.closed || clock.reached === id) return clock;
      // The server stops waiting early when the history starts anew on the way.
      await sleep(LOOK_AGAIN_MS);
    }
    throw new Refusal('TimeTravelFailed');
  }

  return {
    async travel(leaseId, journey) {
      const began = Date.now();
      const handle = leaseHandle(client, leaseId);
      try {
        const { now, closed } = await readClock(handle);
        if (closed) throw new Refusal('LeaseClosed');
        const ms = 'to' in journey ? shanghaiInstant(journey.to, 0) - now : journey.durationMs;
        if (ms <= 0) throw new Refusal('TargetInPast');
        const id = randomUUID();
        await skipTime(client, handle.workflowId, { id, ms });
        const end = await arrive(handle, id, began + PATIENCE_MS);
        return { now: new Date(end.now), closed: end.closed, seconds: (Date.now() - began) / 1000 };
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** Milliseconds of a duration such as `P30D` or `P1DT12H30M`; the shape was checked at the edge. */
export function durationMs(iso: string): number {
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso) ?? [];
  const [d = 0, h = 0, m = 0, s = 0] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0));
  return (((d * 24 + h) * 60 + m) * 60 + s) * 1000;
}
