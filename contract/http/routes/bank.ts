import * as b from '../bank';
import { page } from '../common';
import { leaseParams } from '../leases';
import { route } from '../route';

export const bankRoutes = {
  importBankStatement: route({
    name: 'importBankStatement',
    method: 'POST',
    path: '/v1/bank-statements',
    rule: 'payment.record',
    tag: 'money',
    summary: {
      zh: '导入银行流水并匹配账单（先试运行）；同一流水重复导入不会重复入账',
      en: 'Imports a bank statement and matches it to leases; dry run by default. What was imported before is left as it is',
    },
    query: b.importBankStatementQuery,
    rawBody: 'multipart/form-data',
    reply: b.bankStatementReport,
  }),
  listBankStatements: route({
    name: 'listBankStatements',
    method: 'GET',
    path: '/v1/bank-statements',
    rule: 'payment.record',
    tag: 'money',
    summary: { zh: '已导入的银行流水', en: 'Bank statements so far' },
    query: b.listBankStatementsQuery,
    reply: page(b.bankStatement),
  }),
  listBankLines: route({
    name: 'listBankLines',
    method: 'GET',
    path: '/v1/bank-statement-lines',
    rule: 'payment.record',
    tag: 'money',
    summary: {
      zh: '银行流水明细（未匹配的附候选租约）',
      en: 'Lines of bank statements; unmatched ones with proposals',
    },
    query: b.listBankLinesQuery,
    reply: page(b.bankLine),
  }),
  assignBankLine: route({
    name: 'assignBankLine',
    method: 'POST',
    path: '/v1/bank-statement-lines/{id}/assignment',
    rule: 'payment.record',
    tag: 'money',
    summary: { zh: '将未匹配流水记入租约', en: 'Books an unmatched line on a lease' },
    params: b.bankLineParams,
    body: b.assignBankLineBody,
    reply: b.bankLineReply,
    idempotency: 'required',
  }),
  dismissBankLine: route({
    name: 'dismissBankLine',
    method: 'POST',
    path: '/v1/bank-statement-lines/{id}/dismissal',
    rule: 'payment.record',
    tag: 'money',
    summary: { zh: '标记流水与租金无关', en: 'Says that a line is no rent' },
    params: b.bankLineParams,
    body: b.dismissBankLineBody,
    reply: b.bankLineReply,
    idempotency: 'optional',
  }),
  showMyPaymentCode: route({
    name: 'showMyPaymentCode',
    method: 'GET',
    path: '/v1/my/leases/{id}/payment-code',
    rule: 'my.use',
    tag: 'my',
    summary: { zh: '我的银行转账付款码', en: 'The code that names my lease in a bank transfer' },
    params: leaseParams,
    reply: b.myPaymentCode,
  }),
};
