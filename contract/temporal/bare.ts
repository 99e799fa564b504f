import { defineSignal } from '@temporalio/workflow';

/** The yardstick of the benchmark: what a month costs when nothing of the business is in it. */
export const BARE_WORKFLOW = 'bareMonthsWorkflow';
export const bareTaskQueue = 'bare-months';
export const bareMonthPaid = defineSignal<[{ readonly month: number }]>('bareMonthPaid');

export type BareMonths = {
  /** Answers like a landlord's database would, but does nothing; the payer's signal is sent by the harness behind it. */
  bill(input: { readonly workflowId: string; readonly month: number }): Promise<void>;
  settle(input: { readonly month: number }): Promise<void>;
};
