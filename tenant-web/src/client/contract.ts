import type { z } from 'zod';
import type * as common from '../../../contract/http/common';
import type * as verbs from '../../../contract/http/lease-verbs';
import type * as leases from '../../../contract/http/leases';
import type * as money from '../../../contract/http/money';
import type * as my from '../../../contract/http/my';
import type * as places from '../../../contract/http/places';
import type * as session from '../../../contract/http/session';
import type * as work from '../../../contract/http/work';

// Types only: the schemas themselves would bring zod (92 KB gzip) into a phone.
export type Problem = common.Problem;
export type Session = z.infer<typeof session.sessionReply>;
export type CodeSent = z.infer<typeof session.sendCodeReply>;
export type SignIn = z.input<typeof session.signInTenantBody>;
export type LeaseRow = z.infer<typeof my.myLeaseRow>;
export type Lease = z.infer<typeof my.myLease>;
export type LeaseReply = z.infer<typeof leases.leaseReply>;
export type LeaseEvent = z.infer<typeof leases.leaseEvent>;
export type TerminationBody = z.input<typeof verbs.terminationBody>;
export type TerminationQuote = z.infer<typeof verbs.terminationQuote>;
export type BillRow = z.infer<typeof money.billRow>;
export type Bill = z.infer<typeof money.billShow>;
export type CashierOrder = z.infer<typeof money.cashierOrder>;
export type PaymentMethod = z.infer<typeof money.paymentMethods>['items'][number];
export type Door = z.infer<typeof my.myDoor>;
export type Device = z.infer<typeof places.device>;
export type Notice = z.infer<typeof work.notice>;
