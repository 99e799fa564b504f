import { z } from 'zod';
import type { Fen } from '../../../domain/money';
import type { Answer } from '../../payment-provider';
import type { Ask } from '../client/ask';
import type { WechatPayConfig } from '../client/config';
import { connect } from '../client/connection';
import { type Merchant, strangeness } from '../client/orders';
import { isNotifyUrl, refuseAmount, refused } from '../client/refuse-early';
import { Transaction } from '../wire';
import { createPapayNoticeReader } from './notices';
import type { ContractKey, NewContract, NewDeduction, WechatPapay } from './papay';
import { Contract, contractState, deductionState, Schedule, SignPage } from './wire';

const money = (amountFen: Fen) => ({ total: amountFen, currency: 'CNY' });
const contractPath = ({ planId, outContractCode }: ContractKey): string =>
  `/v3/papay/sign/contracts/plan-id/${planId}/out-contract-code/${encodeURIComponent(outContractCode)}`;
const schedulePath = (contractId: string): string =>
  `/v3/papay/pay/schedules/contract-id/${encodeURIComponent(contractId)}`;

function refuseContract(contract: NewContract): Answer<never> | undefined {
  if (!/^[0-9A-Za-z]{1,32}$/.test(contract.outContractCode)) return refused('the contract number has a wrong form');
  if (!isNotifyUrl(contract.notifyUrl)) return refused('the address for notices is no plain web address');
  return contract.deduction && refuseAmount(contract.deduction.amountFen);
}

const contractBody = (appid: string, contract: NewContract) => ({
  appid,
  ...(contract.openid === undefined ? {} : { openid: contract.openid }),
  plan_id: contract.planId,
  out_contract_code: contract.outContractCode,
  contract_display_account: contract.displayAccount,
  contract_notify_url: contract.notifyUrl,
  ...(contract.deduction === undefined
    ? {}
    : {
        deduct_schedule: {
          estimated_deduct_date: contract.deduction.on,
          estimated_deduct_amount: money(contract.deduction.amountFen),
          description: contract.deduction.description,
        },
      }),
});

function contracts(ask: Ask, { appid, mchid }: Merchant): Pick<WechatPapay, 'sign' | 'queryContract' | 'terminate'> {
  return {
    sign: async (contract) => {
      const early = refuseContract(contract);
      if (early !== undefined) return early;
      const scene = contract.openid === undefined ? 'h5' : 'jsapi';
      const path = `/v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/${scene}`;
      const answer = await ask({ method: 'POST', path, body: contractBody(appid, contract) }, SignPage);
      return answer.kind === 'ok' ? { kind: 'ok', value: { url: answer.value.redirect_url } } : answer;
    },
    queryContract: async (key) => {
      const answer = await ask({ method: 'GET', path: contractPath(key) }, Contract);
      if (answer.kind !== 'ok') return answer;
      const told = answer.value;
      const isOurs = told.mchid === mchid && told.appid === appid && told.out_contract_code === key.outContractCode;
      return isOurs ? { kind: 'ok', value: contractState(told) } : { kind: 'unknown', why: 'about another contract' };
    },
    terminate: async (key, why) => {
      const body = { contract_termination_remark: why };
      const answer = await ask({ method: 'POST', path: `${contractPath(key)}/terminate`, body }, z.unknown());
      return answer.kind === 'ok' ? { kind: 'ok', value: null } : answer;
    },
  };
}

function deductions(ask: Ask, merchant: Merchant): Pick<WechatPapay, 'announce' | 'deduct' | 'queryDeduction'> {
  const { appid, mchid } = merchant;
  const done = async (path: string, body: object): Promise<Answer<null>> => {
    const answer = await ask({ method: 'POST', path, body }, z.unknown());
    return answer.kind === 'ok' ? { kind: 'ok', value: null } : answer;
  };
  return {
    announce: async (contractId, amountFen) => {
      const body = { mchid, appid, estimated_amount: { amount: amountFen, currency: 'CNY' } };
      const path = `/v3/papay/contracts/${encodeURIComponent(contractId)}/notify`;
      return refuseAmount(amountFen) ?? (await done(path, body));
    },
    deduct: async (deduction) =>
      refuseDeduction(deduction) ?? done('/v3/papay/pay/transactions/apply', deductionBody(appid, deduction)),
    queryDeduction: async (outTradeNo) => {
      const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}?mchid=${mchid}`;
      const answer = await ask({ method: 'GET', path }, Transaction);
      if (answer.kind !== 'ok') return answer;
      const value = strangeness(answer.value, merchant, outTradeNo) ? undefined : deductionState(answer.value);
      return value === undefined ? { kind: 'unknown', why: 'not about this deduction' } : { kind: 'ok', value };
    },
  };
}

function refuseDeduction({ outTradeNo, amountFen, notifyUrl }: NewDeduction): Answer<never> | undefined {
  if (!/^[0-9A-Za-z_\-*]{6,32}$/.test(outTradeNo)) return refused('the order number has a wrong form');
  if (!isNotifyUrl(notifyUrl)) return refused('the address for notices is no plain web address');
  return refuseAmount(amountFen);
}

const deductionBody = (appid: string, deduction: NewDeduction) => ({
  appid,
  out_trade_no: deduction.outTradeNo,
  description: deduction.subject,
  attach: deduction.attach,
  transaction_notify_url: deduction.notifyUrl,
  contract_id: deduction.contractId,
  amount: money(deduction.amountFen),
});

/** Contracts and deductions. @throws Error when a key of the configuration is none. */
export function createWechatPapay(config: WechatPayConfig): WechatPapay {
  const { ask, keys, merchant, aheadMs } = connect(config);
  return {
    ...contracts(ask, merchant),
    ...deductions(ask, merchant),
    schedule: async (contractId, amountFen) => {
      const body = { appid: merchant.appid, schedule_amount: money(amountFen) };
      const call = { method: 'POST', path: `${schedulePath(contractId)}/schedule`, body } as const;
      return refuseAmount(amountFen) ?? ask(call, Schedule);
    },
    querySchedule: (contractId) => ask({ method: 'GET', path: schedulePath(contractId) }, Schedule),
    readNotice: createPapayNoticeReader({ keys, merchant, apiV3Key: config.apiV3Key, aheadMs }),
  };
}
