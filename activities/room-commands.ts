import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { LeaseServices, RoomCommand } from '../contract/temporal/lease-activities';
import { isHeldByAnother } from '../db/occupancy';
import { readAsOperator } from '../db/tx';
import type { RoomCommander } from '../device-adapters/command-client';

/** How long one attempt waits to see the effect; the workflow's profile decides how often it asks again. */
const WAIT_MS = 10_000;

const CLOSES: readonly RoomCommand['action'][] = ['lock', 'cut'];

/**
 * Sends a command to a room and tells whether its effect was observed. A refusal by the device (fire alarm, a newer command) is an answer;
 * silence is not, and is asked again under the same command id. A lease that leaves late (an outage, two clocks at midnight) never locks a
 * room in which the next tenant lives by now. @throws ApplicationFailure RoomSilent, retryable.
 */
export function roomCommands(db: Knex, commander: RoomCommander): Pick<LeaseServices, 'commandRoom'> {
  return {
    async commandRoom({ ref, at, today, roomId, part, action, commandId, reason }: RoomCommand) {
      const { operatorId, leaseId } = ref;
      if (CLOSES.includes(action)) {
        const held = await readAsOperator(db, operatorId, (tx) => isHeldByAnother(tx, { leaseId, roomId, today }));
        if (held) return { confirmed: true, why: 'heldByAnother' };
      }
      const result = await commander.send(
        { operatorId, leaseId, roomId, part, action, commandId, reason, at },
        WAIT_MS,
      );
      if (result.confirmed) return { confirmed: true, why: 'observed' };
      if (result.why === 'noAnswer' || result.why === 'brokerUnreachable') {
        throw ApplicationFailure.create({ type: 'RoomSilent', message: result.why });
      }
      return { confirmed: false, why: result.why };
    },
  };
}
