import { z } from 'zod';
import { localDate } from '../../../domain/calendar';
import { orderState } from '../client/orders';
import type { Transaction } from '../wire';
import { isoTime } from '../wire';
import type { ContractState, DeductionState, ScheduleState } from './papay';

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date().transform(localDate);

export const SignPage = z.object({ redirect_url: z.url({ protocol: /^https?$/ }) });

/** Answer to a query, and what a notice of signing or ending contains. */
export const Contract = z.object({
  mchid: z.string(),
  appid: z.string(),
  contract_id: z.string().min(1),
  out_contract_code: z.string().min(1),
  contract_state: z.enum(['SIGNED', 'TERMINATED', 'SIGN_FAILED', 'TO_BE_RENEWED']),
  contract_signed_time: instant.optional(),
  contract_terminate_info: z.object({ contract_terminated_time: instant.optional() }).optional(),
});
export type Contract = z.infer<typeof Contract>;

const CONTRACT_STATUSES = {
  SIGNED: 'signed',
  TO_BE_RENEWED: 'signed',
  TERMINATED: 'ended',
  SIGN_FAILED: 'failed',
} as const;

export function contractState(told: Contract): ContractState {
  const ended = told.contract_terminate_info?.contract_terminated_time;
  return {
    outContractCode: told.out_contract_code,
    contractId: told.contract_id,
    status: CONTRACT_STATUSES[told.contract_state],
    signedAt: told.contract_signed_time === undefined ? null : isoTime(told.contract_signed_time),
    endedAt: ended === undefined ? null : isoTime(ended),
  };
}

const SCHEDULE_STATUSES = { NO_SCHEDULED: 'none', SCHEDULED: 'booked', PAID: 'paid', EXPIRED: 'expired' } as const;

/** The answer to booking has no state: it is booked then. */
export const Schedule = z
  .object({
    schedule_state: z.enum(['NO_SCHEDULED', 'SCHEDULED', 'PAID', 'EXPIRED']).default('SCHEDULED'),
    deduct_start_date: day.optional(),
    deduct_end_date: day.optional(),
  })
  .transform(
    (told): ScheduleState => ({
      status: SCHEDULE_STATUSES[told.schedule_state],
      from: told.deduct_start_date ?? null,
      until: told.deduct_end_date ?? null,
    }),
  );

const FAILED: ReadonlySet<Transaction['trade_state']> = new Set(['PAYERROR', 'CLOSED', 'REVOKED']);

/** Undefined when it says paid without number, time or amount. */
export function deductionState(told: Transaction): DeductionState | undefined {
  const order = orderState(told);
  if (order === undefined) return undefined;
  const { outTradeNo, amountFen, providerNumber, paidAt } = order;
  const unpaid = FAILED.has(told.trade_state) ? 'failed' : 'in-progress';
  return { outTradeNo, status: order.status === 'paid' ? 'paid' : unpaid, amountFen, providerNumber, paidAt };
}
