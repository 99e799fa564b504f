import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * What ops can filter leases by in the Temporal UI. At most six, no personal data, written on a transition only; product lists come
 * from SQL views, never from here.
 */
export const SEARCH_ATTRIBUTES = {
  OperatorId: 'KEYWORD',
  CommunityId: 'KEYWORD',
  RoomNo: 'KEYWORD',
  LeaseStatus: 'KEYWORD',
  /** Due day of the oldest bill in arrears, as an instant; absent when nothing is overdue. */
  DueOn: 'DATETIME',
} as const;

export const operatorIdKey = defineSearchAttributeKey('OperatorId', SEARCH_ATTRIBUTES.OperatorId);
export const communityIdKey = defineSearchAttributeKey('CommunityId', SEARCH_ATTRIBUTES.CommunityId);
export const roomNoKey = defineSearchAttributeKey('RoomNo', SEARCH_ATTRIBUTES.RoomNo);
export const leaseStatusKey = defineSearchAttributeKey('LeaseStatus', SEARCH_ATTRIBUTES.LeaseStatus);
export const dueOnKey = defineSearchAttributeKey('DueOn', SEARCH_ATTRIBUTES.DueOn);
