import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { LeaseRecords, LeaseServices } from '../contract/temporal/lease-activities';
import type { PaymentServices } from '../contract/temporal/payment';
import { PRIORITY } from '../contract/temporal/start-policies';

/**
 * Database steps wait for the database as long as it takes: a lease must not fail because PostgreSQL was away for a night. A business
 * refusal comes back at once, since it is thrown as non-retryable.
 */
export const records = proxyLocalActivities<LeaseRecords>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '30 days',
  localRetryThreshold: '10 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '1 minute' },
});

/** A door that does not answer within two minutes becomes a work order, so that a person goes there; retries beyond that help nobody. */
export const rooms = (summary: string, priorityKey: number = PRIORITY.enforcement) =>
  proxyActivities<Pick<LeaseServices, 'commandRoom'>>({
    startToCloseTimeout: '20 seconds',
    scheduleToCloseTimeout: '2 minutes',
    retry: { initialInterval: '1 second', maximumInterval: '15 seconds' },
    priority: { priorityKey },
    summary,
  });

/** Making and sealing a document is local work; a day covers any outage of the store. */
export const documents = proxyActivities<Pick<LeaseServices, 'sealContract'>>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '1 day',
  retry: { maximumInterval: '5 minutes' },
  summary: 'seal the contract',
});

/** Money asks until the provider's word is final, for a day; then a person decides. */
export const refunds = proxyActivities<Pick<LeaseServices, 'payRefund'>>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '1 day',
  retry: { maximumInterval: '10 minutes', nonRetryableErrorTypes: ['RefundRefused'] },
  priority: { priorityKey: PRIORITY.release },
  summary: 'pay the refund',
});

/** A provider that is away is asked again after the pause of the payment's own loop; only a failure on our side is retried here. */
export const providers = proxyActivities<PaymentServices>({
  startToCloseTimeout: '45 seconds',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '1 second', maximumInterval: '5 minutes' },
  priority: { priorityKey: PRIORITY.release },
  summary: 'ask the provider about the order',
});
