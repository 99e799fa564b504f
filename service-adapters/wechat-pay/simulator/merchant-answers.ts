import type { Request, RequestHandler, Response } from 'express';
import { rawText } from '../../simulator/signed-requests';
import type { Outcome } from './calls';
import type { CallName, Faults } from './faults';
import { type KnownMerchant, merchantSignatureCheck } from './merchant-signature';
import type { Platform } from './platform';
import { isRefusal, type Refusal, refusal, statusOf } from './refusals';

export type MerchantAnswersOptions = {
  readonly faults: Faults;
  readonly platform: Platform;
  readonly merchant: KnownMerchant;
  readonly now: () => number;
};

export type MerchantAnswers = {
  /** Performs a call whose signature holds and answers it under the provider's, unless a fault is due. */
  answer(call: CallName, perform: (req: Request) => Outcome): RequestHandler;
  /** Text that is not signed; undefined is a file that does not exist. */
  answerFile(find: (req: Request) => string | undefined): RequestHandler;
};

const textOf = (outcome: Outcome): string => {
  if (outcome === undefined) return '';
  return JSON.stringify(isRefusal(outcome) ? { code: outcome.refused, message: outcome.message } : outcome);
};
const codeOf = (outcome: Outcome): number => {
  if (outcome === undefined) return 204;
  return isRefusal(outcome) ? statusOf(outcome) : 200;
};

/** Refusals of whoever signs wrongly carry no signature of the provider. */
const refuseUnsigned = (res: Response, refused: Refusal) =>
  void res.status(statusOf(refused)).type('application/json').send(textOf(refused));

/** A line that is silent for longer than any client waits, then gone. */
const SILENCE_MS = 60_000;

function beSilent(res: Response): void {
  const timer = setTimeout(() => res.destroy(), SILENCE_MS).unref();
  res.on('close', () => clearTimeout(timer));
}

export function createMerchantAnswers({ faults, platform, merchant, now }: MerchantAnswersOptions): MerchantAnswers {
  const check = merchantSignatureCheck(merchant);
  const refuse = (req: Request): Refusal | undefined => {
    const { method, originalUrl: path } = req;
    const why = check({ method, path, authorization: req.get('authorization'), body: rawText(req.body) }, now());
    return why === undefined ? undefined : refusal('SIGN_ERROR', why);
  };
  const send = (req: Request, res: Response, outcome: Outcome, how?: 'wrong-signature' | 'unsigned' | 'stale') => {
    const body = textOf(outcome);
    const serial = req.get('wechatpay-serial');
    if (how === 'wrong-signature') res.set(platform.signFalsely(body));
    else if (how !== 'unsigned') res.set(platform.sign(body, { serial, ...(how ? { atMs: now() - 600_000 } : {}) }));
    res.status(codeOf(outcome)).type('application/json').send(body);
  };
  return {
    answer: (call, perform) => (req, res) => {
      const refused = refuse(req);
      if (refused !== undefined) return refuseUnsigned(res, refused);
      const fault = faults.take('answer', (one) => one.call === undefined || one.call === call);
      if (fault?.how === 'http-500') return refuseUnsigned(res, refusal('SYSTEM_ERROR'));
      if (fault?.how === 'rate-limited') return send(req, res, refusal('FREQUENCY_LIMITED'));
      if (fault?.how === 'time-out') return beSilent(res);
      const outcome = perform(req);
      return fault?.how === 'time-out-after-success' ? beSilent(res) : send(req, res, outcome, fault?.how);
    },
    answerFile: (find) => (req, res) => {
      const refused = refuse(req);
      if (refused !== undefined) return refuseUnsigned(res, refused);
      const file = find(req);
      return file === undefined
        ? refuseUnsigned(res, refusal('NO_STATEMENT_EXIST'))
        : void res.type('text/plain').send(file);
    },
  };
}
