import { done, page } from '../common';
import { checkoutBody, terminationBody, terminationQuote } from '../lease-verbs';
import { leaseEvent, leaseParams, leaseReply, timelineQuery } from '../leases';
import * as m from '../money';
import * as my from '../my';
import { route } from '../route';
import { listNoticesQuery, notice } from '../work';

const mine = <const N extends string, const P extends string>(name: N, sub: P, zh: string, en: string) =>
  ({
    name,
    method: 'GET',
    path: `/v1/my/leases/{id}${sub}`,
    rule: 'my.use',
    tag: 'my',
    summary: { zh, en },
    params: leaseParams,
  }) as const;

export const myRoutes = {
  showMe: route({
    name: 'showMe',
    method: 'GET',
    path: '/v1/my/profile',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '我的资料', en: 'My profile' },
    reply: my.me,
  }),
  listMyLeases: route({
    name: 'listMyLeases',
    method: 'GET',
    path: '/v1/my/leases',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '我的租约', en: 'My leases' },
    reply: my.myLeases,
  }),
  showMyLease: route({ ...mine('showMyLease', '', '我的租约详情', 'One of my leases'), reply: my.myLease }),
  listMyLeaseEvents: route({
    ...mine('listMyLeaseEvents', '/timeline', '我的时间线', 'My timeline'),
    query: timelineQuery,
    reply: page(leaseEvent),
  }),
  listMyBills: route({
    ...mine('listMyBills', '/bills', '我的账单', 'My bills'),
    query: m.leaseBillsQuery,
    reply: page(m.billRow),
  }),
  showMyBill: route({
    name: 'showMyBill',
    method: 'GET',
    path: '/v1/my/bills/{id}',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '我的账单详情', en: 'One of my bills with its lines' },
    params: m.billParams,
    reply: m.billShow,
  }),
  downloadMyContract: route({
    ...mine('downloadMyContract', '/contract', '我的合同', 'My contract as PDF'),
    bytes: 'application/pdf',
  }),
  showMyDoor: route({ ...mine('showMyDoor', '/door', '我的门', 'My door and power'), reply: my.myDoor }),
  createCashierOrder: route({
    name: 'createCashierOrder',
    method: 'POST',
    path: '/v1/my/leases/{id}/cashier-orders',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '去支付', en: 'Opens a cashier order for bills' },
    params: leaseParams,
    body: m.cashierOrderBody,
    reply: m.cashierOrder,
    status: 201,
    idempotency: 'required',
  }),
  showCashierOrder: route({
    ...mine('showCashierOrder', '/cashier-orders/{orderId}', '支付结果', 'Whether an order was paid'),
    params: m.cashierOrderParams,
    reply: m.cashierOrder,
  }),
  quoteMyTermination: route({
    name: 'quoteMyTermination',
    method: 'POST',
    path: '/v1/my/leases/{id}/termination-quote',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '提前退租试算', en: 'What leaving before the end would cost me' },
    params: leaseParams,
    body: terminationBody,
    reply: terminationQuote,
    idempotency: 'optional',
  }),
  terminateMyLease: route({
    name: 'terminateMyLease',
    method: 'POST',
    path: '/v1/my/leases/{id}/termination',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '提前退租', en: 'Ends my lease early' },
    params: leaseParams,
    body: terminationBody,
    reply: leaseReply,
    idempotency: 'optional',
  }),
  requestMyCheckout: route({
    name: 'requestMyCheckout',
    method: 'POST',
    path: '/v1/my/leases/{id}/checkout',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '申请退房', en: 'Names the day of moving out at the end of the lease' },
    params: leaseParams,
    body: checkoutBody,
    reply: leaseReply,
    idempotency: 'optional',
  }),
  listMyNotices: route({
    name: 'listMyNotices',
    method: 'GET',
    path: '/v1/my/notices',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '我的消息', en: 'My inbox' },
    query: listNoticesQuery,
    reply: page(notice),
  }),
  readMyNotice: route({
    name: 'readMyNotice',
    method: 'PUT',
    path: '/v1/my/notices/{id}/read',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '标记我的消息已读', en: 'Marks one of my notices as read' },
    params: my.myNoticeParams,
    reply: done,
  }),
};
