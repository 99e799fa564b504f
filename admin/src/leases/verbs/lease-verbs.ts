import type { Verb } from '../../components/verb-form/verb';
import { confirmLock, exempt, promise, recordPayment, release, waive } from './arrears';
import { amend, changeCoTenants, renew, resume, suspend, transfer } from './changes';
import { approve, cancel, reject } from './decisions';
import { checkout, evict, inspect, terminate } from './endings';

/** What can be decided on a lease, in the order of the buttons: the likely next step first. */
export const LEASE_VERBS: readonly Verb[] = [
  approve,
  reject,
  confirmLock,
  release,
  recordPayment,
  inspect,
  renew,
  amend,
  transfer,
  suspend,
  resume,
  changeCoTenants,
  promise,
  exempt,
  waive,
  checkout,
  terminate,
  evict,
  cancel,
];
