export { leaseWorkflow } from './lease.workflow';
