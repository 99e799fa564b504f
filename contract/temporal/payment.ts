import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { OrderStatus } from '../../domain/cashier-order';
import type { OperatorId, PaymentId } from '../../domain/ids';
import { operatorIdKey } from './search-attributes';
import { PRIORITY, START_POLICIES } from './start-policies';

export const PAYMENT_WORKFLOW = 'paymentWorkflow';
export const paymentWorkflowId = (id: PaymentId): string => `payment/${id}`;

/** An order at a payment provider that has had no word for a while. `asked` counts the questions of earlier runs. */
export type PaymentInput = {
  readonly operatorId: OperatorId;
  readonly orderId: PaymentId;
  readonly asked?: number;
};

export type PaymentServices = {
  /**
   * Asks the provider what became of the order at `at` (ISO, the workflow's clock) and stores it as a notice would be; an order past its time is
   * closed there. `expiresAt` is null for an order that is not there.
   */
  askOrder(input: { readonly operatorId: OperatorId; readonly orderId: PaymentId; readonly at: string }): Promise<{
    readonly status: OrderStatus;
    readonly expiresAt: string | null;
  }>;
};

/** Starts the watch over an order; one that is watched already is left alone. */
export async function startPaymentWatch(client: Client, taskQueue: string, input: PaymentInput): Promise<void> {
  try {
    await client.workflow.start(PAYMENT_WORKFLOW, {
      ...START_POLICIES.payment,
      workflowId: paymentWorkflowId(input.orderId),
      taskQueue,
      args: [input],
      typedSearchAttributes: new TypedSearchAttributes([{ key: operatorIdKey, value: input.operatorId }]),
      priority: { priorityKey: PRIORITY.release, fairnessKey: input.operatorId },
      staticSummary: 'a payment that nothing was heard of, until it is known',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
