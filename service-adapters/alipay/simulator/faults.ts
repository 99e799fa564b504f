import { z } from 'zod';

/** What can go wrong at an answer of the gateway. `on` names a method, or `*` for any. */
const ANSWER_FAULTS = [
  /** Nothing happens and nothing is answered. */
  'timeout',
  /** It happens and nothing is answered. */
  'timeout-after-success',
  'http-500',
  'wrong-signature',
  /** Alipay's 20000. */
  'system-error',
  /** Of the payer at a deduction; of the merchant at a refund or transfer. */
  'insufficient-balance',
  /** Accepted and settled `delayMs` later: 10003 at a deduction, no status yet at a refund, DEALING at a transfer. */
  'in-progress',
  /** Accepted and given up `delayMs` later: the trade of a deduction closes, a transfer fails. */
  'rejected-later',
  /** A transfer that arrives, and comes back `delayMs` later. */
  'returned-later',
] as const;

/** What can go wrong at a notification. */
const NOTICE_FAULTS = ['late', 'duplicate', 'out-of-order', 'lost', 'wrong-signature'] as const;

const times = z.int().positive().max(1_000_000).default(1);
const delayMs = z.int().nonnegative().default(1_000);

export const Fault = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('answer'), on: z.string().default('*'), kind: z.enum(ANSWER_FAULTS), times, delayMs }),
  z.strictObject({ at: z.literal('notice'), kind: z.enum(NOTICE_FAULTS), times, delayMs }),
  /** Each spoils one line of the next bill: it is missing, or its amount is a fen higher. */
  z.strictObject({ at: z.literal('bill'), kind: z.enum(['line-missing', 'amount-differs']), times, delayMs }),
  z.strictObject({ at: z.literal('payer'), kind: z.enum(['insufficient-balance', 'in-progress']), times, delayMs }),
]);
export type Fault = z.infer<typeof Fault>;
type FaultAt<At extends Fault['at']> = Extract<Fault, { at: At }>;
export type AnswerFault = FaultAt<'answer'>;

/** Faults that somebody asked for, each to happen a number of times. */
export class Faults {
  #armed: Fault[] = [];

  arm(fault: z.input<typeof Fault>): void {
    this.#armed.push(Fault.parse(fault));
  }

  clear(): void {
    this.#armed = [];
  }

  list(): readonly Fault[] {
    return this.#armed;
  }

  takeNotice = (): FaultAt<'notice'> | undefined => this.#take((fault) => fault.at === 'notice');
  takeBill = (): FaultAt<'bill'> | undefined => this.#take((fault) => fault.at === 'bill');
  takePayer = (): FaultAt<'payer'> | undefined => this.#take((fault) => fault.at === 'payer');

  /** The first armed fault of these kinds for the method. */
  takeAnswer(method: string, kinds: readonly AnswerFault['kind'][]): AnswerFault | undefined {
    return this.#take(
      (fault): fault is AnswerFault =>
        fault.at === 'answer' && (fault.on === '*' || fault.on === method) && kinds.includes(fault.kind),
    );
  }

  #take<F extends Fault>(wanted: (fault: Fault) => fault is F): F | undefined {
    const found = this.#armed.find(wanted);
    if (found === undefined) return undefined;
    this.#armed = this.#armed.flatMap((fault) => {
      if (fault !== found) return [fault];
      return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    });
    return found;
  }
}
