import { randomUUID } from 'node:crypto';
import mqtt from 'mqtt';
import {
  type CommandRefusal,
  hasEffect,
  isRestriction,
  parsePayload,
  type RoomAction,
  type RoomCommand,
  StateReport,
} from '../contract/mqtt/messages';
import { commandTopic, parseRoomTopic, type RoomPartAddress, STATE_FILTER, stateTopic } from '../contract/mqtt/topics';

export type RoomCommandRequest = RoomPartAddress & {
  readonly action: RoomAction;
  /** Business key: a retry with the same one is answered and not carried out twice. */
  readonly commandId: string;
  readonly reason: string;
  /** Business time of the decision, ISO. */
  readonly at: string;
  readonly leaseId?: string;
};

type CommandResult =
  | { readonly confirmed: true /** Device's clock. */; readonly observedAt: string }
  | {
      readonly confirmed: false;
      /** `noAnswer`: the room may or may not have obeyed; ask again with the same commandId. */
      readonly why: Exclude<CommandRefusal, 'expired'> | 'noAnswer' | 'brokerUnreachable';
    };

export type RoomCommander = {
  /** Resolves once the room reports the effect, refuses, or `timeoutMs` has passed. Never rejects, never guesses. */
  send(request: RoomCommandRequest, timeoutMs: number): Promise<CommandResult>;
  close(): Promise<void>;
};

/** A broker that dies forgets what it accepted; while nobody has answered, the command is sent again. It acts once by its id. */
const RESEND_MS = 3_000;

type Waiter = (report: StateReport) => void;

const toCommand = (request: RoomCommandRequest, timeoutMs: number): RoomCommand => ({
  commandId: request.commandId,
  action: request.action,
  reason: request.reason,
  at: request.at,
  ...(request.leaseId === undefined ? {} : { leaseId: request.leaseId }),
  // A lock that nobody waits for any longer must not fall shut later; a release may come late.
  ...(isRestriction(request.action) ? { expiresAt: new Date(Date.now() + timeoutMs).toISOString() } : {}),
});

/** What a report says about a command; undefined when it speaks of another one, or only of an earlier attempt at this one. */
function resultOf(report: StateReport, { commandId, action }: RoomCommandRequest): CommandResult | undefined {
  if (report.commandId === commandId && hasEffect(report, action)) {
    return { confirmed: true, observedAt: report.observedAt };
  }
  if (report.refused?.commandId !== commandId) return undefined;
  const { why } = report.refused;
  return why === 'expired' ? undefined : { confirmed: false, why };
}

/**
 * One connection and one subscription for a whole process, any number of commands at once. Reports are retained, so one
 * that was missed during a reconnect is seen when the subscription returns.
 */
export function createRoomCommander(mqttUrl: string): RoomCommander {
  const client = mqtt.connect(mqttUrl, { clientId: `commander-${randomUUID()}`, clean: true, reconnectPeriod: 500 });
  const waiters = new Map<string, Set<Waiter>>();
  client.on('error', () => undefined); // reconnects by itself; callers learn of it as brokerUnreachable
  client.subscribe(STATE_FILTER, { qos: 1 });
  client.on('message', (topic, payload) => {
    const waiting = waiters.get(topic);
    const report = waiting === undefined ? undefined : parsePayload(StateReport, payload);
    if (report === undefined || parseRoomTopic(topic)?.address.part !== report.part) return;
    for (const waiter of [...(waiting ?? [])]) waiter(report);
  });

  const send = (request: RoomCommandRequest, timeoutMs: number) =>
    new Promise<CommandResult>((resolve) => {
      const topic = stateTopic(request);
      const waiting = waiters.get(topic) ?? new Set<Waiter>();
      waiters.set(topic, waiting);
      const settle = (result: CommandResult) => {
        clearTimeout(timer);
        clearInterval(resending);
        waiting.delete(waiter);
        if (waiting.size === 0 && waiters.get(topic) === waiting) waiters.delete(topic);
        resolve(result);
      };
      const waiter: Waiter = (report) => {
        const result = resultOf(report, request);
        if (result !== undefined) settle(result);
      };
      const timer = setTimeout(
        () => settle({ confirmed: false, why: client.connected ? 'noAnswer' : 'brokerUnreachable' }),
        timeoutMs,
      );
      const payload = JSON.stringify(toCommand(request, timeoutMs));
      const publish = () => client.publish(commandTopic(request), payload, { qos: 1 });
      const resending = setInterval(() => client.connected && publish(), RESEND_MS);
      waiting.add(waiter);
      publish();
    });
  return { send, close: () => client.endAsync(true) };
}
