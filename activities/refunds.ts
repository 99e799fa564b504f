import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { Knex } from 'knex';
import { CALLBACK_PATHS } from '../contract/http/callback-paths';
import type { LeaseRecords, LeaseRef, LeaseServices } from '../contract/temporal/lease-activities';
import { appendEvents } from '../db/events';
import { post } from '../db/ledger';
import { serveNotices } from '../db/notices';
import { markShare, partsOf, planRefund, type RefundShare } from '../db/refund-shares';
import { moveRefund, refundsOf } from '../db/refunds';
import { DbRefusal } from '../db/refusal';
import { type Tx, withOperator } from '../db/tx';
import { shanghaiDate } from '../domain/calendar';
import { formatYuan } from '../domain/format';
import type { RefundId } from '../domain/ids';
import { CHANNEL_NAMES, type PaymentChannel, postRefund } from '../domain/ledger';
import { type Fen, fen, sumFen } from '../domain/money';
import { isNotThere, type PaymentProvider, type PaymentProviders } from '../service-adapters/payment-provider';
import { auditStep } from './records/command-audit';
import { inLease } from './records/in-lease';
import { tenantNotice } from './records/notice';

/**
 * Money back the way it came: shares of the payments at providers, newest first, each once by its own number. What did not come through one
 * (cash, bank) is paid by a person, who says so by closing the refund's work order.
 */
export function refundSteps(
  db: Knex,
  providers: PaymentProviders,
  publicUrl: string,
): Pick<LeaseServices, 'payRefund'> & Pick<LeaseRecords, 'finishRefund'> {
  return {
    async payRefund({ ref, refundId, amountFen }) {
      const { operatorId, leaseId } = ref;
      const inOperator = <T>(work: (tx: Tx) => Promise<T>) => withOperator(db, operatorId, work);
      const { shares, restFen, byHand } = await inOperator((tx) =>
        planRefund(tx, { leaseId, refundId, channels: [...providers.keys()] }),
      ).catch(tell);
      for (const [n, share] of shares.entries()) {
        // Once finance has paid by hand, nothing may be sent any more; what was sent before may be back, and is asked about.
        if (share.sent || (byHand && !share.asked)) continue;
        const mark = (what: 'asked' | 'sent') => inOperator((tx) => markShare(tx, refundId, n, what));
        const why = await payShare({ share, byHand, mark, provider: providers.get(share.channel), ref, publicUrl });
        if (why === null) await mark('sent');
        else if (!byHand)
          return { outcome: 'failed', why: `${why},需人工退 ${formatYuan(unsent(shares, amountFen, n))}` };
      }
      if (restFen > 0 && !byHand)
        return { outcome: 'failed', why: `线下收款 ${formatYuan(restFen)} 需人工退款,付清后关闭本工单` };
      return { outcome: 'done', why: '' };
    },
    finishRefund: ({ ref, at, refundId, outcome, why }) =>
      inLease(db, ref, async (tx) => {
        const { leaseId, communityId } = ref;
        if (outcome === 'failed') {
          const status = (await refundsOf(tx, leaseId)).find(({ id }) => id === refundId)?.status;
          if (await moveRefund(tx, refundId, { to: 'failed', at, failure: why })) {
            const after = { refundId, status: 'failed' };
            await auditStep(tx, leaseId, { action: 'lease.failRefund', before: { refundId, status }, after, why });
          }
          return appendEvents(tx, leaseId, at, [
            { key: `refund-failed/${refundId}/${at}`, kind: 'refundFailed', data: { why } },
          ]);
        }
        const amountFen = await settle(tx, refundId, at);
        if (amountFen === null) return;
        const parts = await partsOf(tx, leaseId, refundId, amountFen);
        await auditStep(tx, leaseId, {
          action: 'lease.payRefund',
          before: { refundId, refundPayableFen: amountFen },
          after: { refundId, refundPayableFen: 0, parts },
          why: 'refund',
        });
        await post(tx, communityId, [postRefund({ leaseId, at }, { refundId, parts, from: 'refundPayable' })]);
        await appendEvents(tx, leaseId, at, [
          { key: `refunded/${refundId}`, kind: 'refunded', data: { amountFen, parts } },
        ]);
        const words = { room: ref.roomNo, amount: amountFen, day: shanghaiDate(Date.parse(at)) };
        await serveNotices(tx, ref, at, [tenantNotice(`refunded/${refundId}`, 'refunded', words)]);
      }),
  };
}

type ShareToPay = {
  readonly share: RefundShare;
  readonly byHand: boolean;
  readonly mark: (what: 'asked' | 'sent') => Promise<void>;
  readonly provider: PaymentProvider | undefined;
  readonly ref: LeaseRef;
  readonly publicUrl: string;
};

/**
 * Asks the provider until its word is final: null when the money is back, else why a person has to pay. That it was asked is written down
 * first, so that a try after a crash begins with a question.
 * @throws ApplicationFailure PaymentPending, which is tried again
 */
async function payShare({ share, byHand, mark, provider, ref, publicUrl }: ShareToPay): Promise<string | null> {
  if (!provider) return `没有接入${channelName(share.channel)}`;
  const { outRefundNo, outTradeNo, amountFen, orderFen, channel } = share;
  let answer = share.asked ? await provider.queryRefund({ outRefundNo, outTradeNo }) : undefined;
  if (answer === undefined || isNotThere(answer)) {
    if (byHand) return '由人工退款';
    await mark('asked');
    const notifyUrl = `${publicUrl}${CALLBACK_PATHS[channel]}`;
    const reason = `租约 ${ref.number} 退款`;
    answer = await provider.refund({ outRefundNo, outTradeNo, amountFen, orderFen, reason, notifyUrl });
  }
  if (answer.kind === 'refused') return `${channelName(channel)}拒绝退款:${answer.code}`;
  if (answer.kind === 'unknown') throw pending(`${channel} gave no word on ${outRefundNo}: ${answer.why}`);
  const { status } = answer.value;
  if (status === 'processing') throw pending(`${channel} is at refund ${outRefundNo}`);
  return status === 'done' ? null : `${channelName(channel)}退款${status === 'abnormal' ? '异常' : '已关闭'}`;
}

const channelName = (channel: PaymentChannel): string => CHANNEL_NAMES[channel][0];

/** Waiting is no fault: it is not logged as one. */
const pending = (message: string) =>
  ApplicationFailure.create({ message, type: 'PaymentPending', category: ApplicationFailureCategory.BENIGN });

function tell(error: unknown): never {
  if (error instanceof DbRefusal) throw ApplicationFailure.nonRetryable(error.message, error.code);
  throw error;
}

/** What is left for a person when the provider refuses the share `n`: it, those after it, and what no provider had. */
const unsent = (shares: readonly RefundShare[], amountFen: Fen, n: number): Fen =>
  fen(amountFen - sumFen(shares.filter((share, i) => share.sent || i < n).map((share) => share.amountFen)));

/** Marks the refund as done; null when it was before. A failed one is sent again first, as its states demand. */
async function settle(tx: Tx, refundId: RefundId, at: string): Promise<Fen | null> {
  const [refund] = await tx.query<{ status: string; amountFen: Fen }>(
    `SELECT status, amount_fen AS "amountFen" FROM refund WHERE id = $1`,
    [refundId],
  );
  if (!refund || refund.status === 'done') return null;
  if (refund.status === 'failed') await moveRefund(tx, refundId, { to: 'sent', at });
  await moveRefund(tx, refundId, { to: 'done', at });
  return refund.amountFen;
}
