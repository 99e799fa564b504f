import type { z } from 'zod';
import type * as http from '../contract/http/bank';
import { type BankLineId, decideLine, lockLine, numberOfLine, type OpenLine } from '../db/bank-statements';
import { storePayment } from '../db/payments';
import { type LineRow, type Payer, payersFor } from '../db/queries/bank';
import type { Tx } from '../db/tx';
import { paidAtOf } from '../domain/bank-line';
import { candidatesAmong, type Fit, matchCredit } from '../domain/bank-matching';
import type { LocalDate } from '../domain/calendar';
import type { LeaseId, PaymentId } from '../domain/ids';
import { type Fen, sumFen } from '../domain/money';
import { note } from './audit';
import { type Actor, actorName } from './auth/actor';
import { accessLease, leaseNow } from './lease-access';
import { found, Refusal } from './refusal';

type Line = z.output<typeof http.bankLine>;
type Reply = z.output<typeof http.bankLineReply>;

const creditOf = (row: LineRow) => ({
  ...row,
  amountFen: row.amountFen as Fen,
  bookedOn: row.bookedOn as LocalDate,
});

function shown(leaseId: LeaseId, fits: readonly Fit[], payers: readonly Payer[]): Line['proposals'] {
  const payer = payers.find((candidate) => candidate.leaseId === leaseId);
  if (!payer) return [];
  const { number, roomName, tenantName, openFen } = payer;
  return [{ leaseId, leaseNumber: number, roomName, tenantName, openFen: sumFen(openFen), fits: [...fits] }];
}

function withProposals(row: LineRow, payers: readonly Payer[], candidates: readonly LeaseId[]): Line {
  if (row.state !== 'unmatched') return { ...row, why: null, proposals: [] };
  const outcome = matchCredit(
    creditOf(row),
    payers.filter(({ leaseId }) => candidates.includes(leaseId)),
  );
  if (outcome.kind === 'unmatched')
    return {
      ...row,
      why: outcome.why,
      proposals: outcome.proposals.flatMap((one) => shown(one.leaseId, one.fits, payers)),
    };
  const fits: Record<typeof outcome.rule, Fit[]> = {
    code: ['code'],
    nameAndBill: ['name', 'bill'],
    nameAndSum: ['name', 'sum'],
  };
  return { ...row, why: 'oneFitsNow', proposals: shown(outcome.leaseId, fits[outcome.rule], payers) };
}

/** Lines as a person sees them: what waits says why, and which leases it may belong to as things stand now. */
export async function presentLines(tx: Tx, rows: readonly LineRow[], at: Date): Promise<Line[]> {
  const waiting = rows.filter(({ state }) => state === 'unmatched').map(creditOf);
  const payers = waiting.length > 0 ? await payersFor(tx, waiting, at) : [];
  const candidates = candidatesAmong(payers);
  return rows.map((row) => withProposals(row, payers, row.state === 'unmatched' ? candidates(creditOf(row)) : []));
}

type Deed = { readonly id: BankLineId; readonly actor: Actor; readonly at: Date; readonly reason: string };

/** @throws Refusal NotFound | BankLineDecided */
async function waitingLine(tx: Tx, id: BankLineId): Promise<OpenLine> {
  const line = found(await lockLine(tx, id));
  if (line.state !== 'unmatched') throw new Refusal('BankLineDecided');
  return line;
}

/** Books a line on the lease that a person names: a payment as of the bank's day. @throws Refusal NotFound | BankLineDecided | PaymentInFuture */
export async function assignLine(
  tx: Tx,
  {
    id,
    actor,
    at,
    reason,
    leaseId,
    paymentId: newId,
  }: Deed & { readonly leaseId: LeaseId; readonly paymentId: PaymentId },
): Promise<Reply> {
  const line = await waitingLine(tx, id);
  const now = leaseNow(await accessLease(tx, leaseId, { scope: null }), at).toISOString();
  const paidAt = paidAtOf(line, now);
  if (paidAt > now) throw new Refusal('PaymentInFuture');
  const { amountFen, account, key } = line;
  const providerNumber = numberOfLine(account, key);
  const payment = { id: newId, leaseId, channel: 'bank', providerNumber, amountFen, paidAt } as const;
  const { paymentId } = await storePayment(tx, payment);
  const decided = { by: actorName(actor), at: at.toISOString(), reason };
  await decideLine(tx, id, { ...decided, state: 'assigned', leaseId, paymentId });
  const after = { leaseId, paymentId, amountFen, paidAt, providerNumber };
  await note(tx, actor, { action: 'bankLine.assign', subject: { kind: 'bankLine', id }, after, why: reason });
  return { state: 'assigned', paymentId };
}

/** Says that a line is no rent; nothing is booked. @throws Refusal NotFound | BankLineDecided */
export async function dismissLine(tx: Tx, { id, actor, at, reason }: Deed): Promise<Reply> {
  const { amountFen } = await waitingLine(tx, id);
  await decideLine(tx, id, { state: 'dismissed', by: actorName(actor), at: at.toISOString(), reason });
  await note(tx, actor, {
    ...{ action: 'bankLine.dismiss', subject: { kind: 'bankLine', id } },
    ...{ after: { amountFen }, why: reason },
  });
  return { state: 'dismissed', paymentId: null };
}
