import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { shanghaiDate } from '../../../../domain/calendar';
import { refusal, success } from '../answer';
import type { State } from '../state';
import type { Method } from '../trade-methods';
import { type BillLine, writeBill } from './write-bill';

const Asked = z.object({ bill_type: z.literal('trade'), bill_date: z.iso.date() });

/** Addresses of bills hold for this long, and only in this life of the simulator. */
const ADDRESS_MS = 30_000;
const secret = randomBytes(32);
const seal = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');

function linesOf(state: State, day: string): readonly BillLine[] {
  const lines = state.book
    .all()
    .flatMap((trade): BillLine[] => [
      ...(trade.paidAt === null ? [] : [{ trade, at: trade.paidAt, amountFen: trade.request.amountFen, refundNo: '' }]),
      ...trade.refunds.flatMap(({ doneAt, amountFen, requestNo }) =>
        doneAt === null ? [] : [{ trade, at: doneAt, amountFen: -amountFen, refundNo: requestNo }],
      ),
    ]);
  return lines.filter(({ at }) => shanghaiDate(at) === day).sort((a, b) => a.at - b.at);
}

/** What somebody planted in the bill, one fault a line, from the first. */
function spoilt(state: State, lines: readonly BillLine[]): readonly BillLine[] {
  return lines.flatMap((line) => {
    const fault = state.faults.takeBill();
    if (fault === undefined) return [line];
    if (fault.kind === 'line-missing') return [];
    return [{ ...line, amountFen: line.amountFen + 1 }];
  });
}

const downloadUrl: Method = (state, { biz }) => {
  const asked = Asked.safeParse(biz);
  if (!asked.success) return refusal('ACQ.INVALID_PARAMETER');
  const { bill_date: day } = asked.data;
  const tooEarly = day >= shanghaiDate(state.now()) && !state.billsOfToday;
  if (tooEarly || linesOf(state, day).length === 0) return refusal('isp.bill_not_exist', '账单不存在');
  const expires = state.now() + ADDRESS_MS;
  const seals = seal(`${day} ${expires}`);
  return success({ bill_download_url: `${state.publicUrl}/alipay/bill/${day}.zip?expires=${expires}&seal=${seals}` });
};

export const BILL_METHODS: Readonly<Record<string, Method>> = {
  'alipay.data.dataservice.bill.downloadurl.query': downloadUrl,
};

/** The files themselves, for whoever was given the address. */
export function billRoutes(state: State): Router {
  const router = Router();
  router.get('/alipay/bill/:name', (req, res) => {
    const day = req.params.name.replace(/\.zip$/, '');
    const given = Buffer.from(String(req.query.seal));
    const right = Buffer.from(seal(`${day} ${req.query.expires}`));
    const holds = given.length === right.length && timingSafeEqual(given, right);
    if (!holds || Number(req.query.expires) < state.now()) return void res.status(403).type('text').send('Forbidden');
    const zip = writeBill(day, state.sellerId, spoilt(state, linesOf(state, day)), state.now());
    res.type('application/zip').send(Buffer.from(zip));
  });
  return router;
}
