export { bareMonthsWorkflow } from './bare-months.workflow';
export { leaseWorkflow } from './lease.workflow';
export { paymentWorkflow } from './payment.workflow';
export { refundWorkflow } from './refund.workflow';
