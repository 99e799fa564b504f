import type { z } from 'zod';
import type * as http from '../contract/http/bank';
import {
  insertLines,
  insertStatement,
  knownLines,
  lockAccount,
  type NewLine,
  numberOfLine,
  otherLayout,
} from '../db/bank-statements';
import { storePayment } from '../db/payments';
import { type Payer, payersFor } from '../db/queries/bank';
import type { Tx } from '../db/tx';
import { type MatchOutcome, matchCredits } from '../domain/bank-matching';
import type { PaymentId } from '../domain/ids';
import { keyLines } from '../service-adapters/bank-statement/line-keys';
import { readStatement } from '../service-adapters/bank-statement/read-statement';
import { type BankStatement, BrokenStatement } from '../service-adapters/bank-statement/statement';
import { accountOf } from '../service-adapters/bank-statement/values';
import { note } from './audit';
import { type Actor, actorName } from './auth/actor';
import { Refusal } from './refusal';
import type { Upload } from './upload';

type Report = z.output<typeof http.bankStatementReport>;
type Keyed = ReturnType<typeof keyLines>[number];

/** Ten thousand lines of the widest layout are half of this. */
const MOST_BYTES = 8 * 1024 * 1024;
const SHOWN = 100;

const refused = (path: 'file' | 'account', message: string, messageEn: string): Refusal =>
  new Refusal('InvalidInput', { detail: messageEn, errors: [{ path, message, messageEn }] });

export type KeyedStatement = Omit<BankStatement, 'lines'> & { readonly lines: readonly Keyed[] };

/** @throws Refusal BodyTooLarge; InvalidInput with the line and the reason in both languages */
export function openStatement({ bytes }: Upload, account: string | undefined): KeyedStatement {
  if (bytes.length > MOST_BYTES) throw new Refusal('BodyTooLarge');
  try {
    const { lines, ...statement } = readStatement(bytes);
    const told = accountOf(account ?? '');
    if (statement.account !== '' && told !== '' && told !== statement.account)
      throw refused('account', '填写的账号与文件中的本方账号不一致', 'The file is of another account.');
    const own = statement.account || told;
    if (own === '')
      throw refused('account', '文件里没有本方账号，请填写后再上传', 'The file does not say its account; enter it.');
    return { ...statement, account: own, lines: keyLines(lines) };
  } catch (error) {
    if (error instanceof BrokenStatement) throw refused('file', error.zh, error.en);
    throw error;
  }
}

/** A line that is new, with what matching says of one that came in. */
type Planned = { readonly line: Keyed; readonly outcome: MatchOutcome | null };

/** @throws Refusal when the bank's number of a line was imported before with another amount */
async function newLinesOf(tx: Tx, { account, lines }: KeyedStatement): Promise<readonly Keyed[]> {
  const known = await knownLines(
    tx,
    account,
    lines.map(({ key }) => key),
  );
  const byKey = new Map(known.map((line) => [line.key, line]));
  return lines.filter((line) => {
    const before = byKey.get(line.key);
    if (before && (before.amountFen !== line.amountFen || before.direction !== line.direction))
      throw refused(
        'file',
        `第 ${line.line} 行：流水号 ${line.key} 之前导入时金额不同`,
        `Line ${line.line}: the bank’s number ${line.key} was imported before with another amount.`,
      );
    return !before;
  });
}

/** @throws Refusal when the same days came in another form before, whose lines cannot be told from these */
async function wantOneLayout(tx: Tx, statement: KeyedStatement): Promise<void> {
  const other = await otherLayout(tx, statement);
  if (!other) return;
  throw refused(
    'file',
    `该账号这些日期的流水已按另一种格式导入过（${other.fileName}），请使用同一种格式，以免重复入账`,
    `These days of the account were imported in another layout (${other.fileName}); keep to one, or lines would count twice.`,
  );
}

async function plan(tx: Tx, lines: readonly Keyed[], at: Date): Promise<{ planned: Planned[]; payers: Payer[] }> {
  const credits = lines.filter(({ direction }) => direction === 'credit');
  const payers = credits.length > 0 ? await payersFor(tx, credits, at) : [];
  const outcomes = new Map(matchCredits(credits, payers).map((outcome, i) => [credits[i]?.key, outcome]));
  return { planned: lines.map((line) => ({ line, outcome: outcomes.get(line.key) ?? null })), payers };
}

type Import = {
  readonly actor: Actor;
  readonly at: Date;
  readonly fileName: string;
  newPaymentId(key: string): PaymentId;
};

/** A matched line becomes a payment, whose outbox row tells the lease; together with the line or not at all. */
async function book(tx: Tx, statement: KeyedStatement, { line, outcome }: Planned, run: Import): Promise<NewLine> {
  if (outcome === null) return { ...line, state: 'outgoing', matched: null };
  if (outcome.kind === 'unmatched') return { ...line, state: 'unmatched', matched: null };
  const { leaseId, rule, paidAt } = outcome;
  const providerNumber = numberOfLine(statement.account, line.key);
  const payment = { id: run.newPaymentId(providerNumber), leaseId, amountFen: line.amountFen, paidAt };
  const { paymentId } = await storePayment(tx, { ...payment, channel: 'bank', providerNumber });
  const after = { leaseId, rule, paidAt, amountFen: line.amountFen, providerNumber };
  await note(tx, run.actor, { action: 'payment.match', subject: { kind: 'payment', id: paymentId }, after });
  return { ...line, state: 'matched', matched: { leaseId, rule, paymentId } };
}

async function store(tx: Tx, statement: KeyedStatement, planned: readonly Planned[], run: Import): Promise<string> {
  const { lines: _, ...facts } = statement;
  const { actor, at, fileName } = run;
  const statementId = await insertStatement(tx, {
    ...{ ...facts, fileName },
    ...{ importedBy: actorName(actor), importedAt: at.toISOString() },
  });
  const booked: NewLine[] = [];
  for (const one of planned) booked.push(await book(tx, statement, one, run));
  await insertLines(tx, { statementId, account: statement.account }, booked);
  const { account, layout, from, until } = facts;
  const after = { account, layout, from, until, fileName, lines: planned.length };
  await note(tx, actor, { action: 'bankStatement.import', subject: { kind: 'bankStatement', id: statementId }, after });
  return statementId;
}

const sumOf = (lines: readonly Planned[]): number => lines.reduce((sum, { line }) => sum + line.amountFen, 0);

function incomingOf({ line, outcome }: Planned, payers: readonly Payer[]): Report['incoming'] {
  if (outcome === null) return [];
  const { amountFen, bookedOn, payerName, payerTail, remark } = line;
  const lease = outcome.kind === 'matched' ? payers.find(({ leaseId }) => leaseId === outcome.leaseId) : undefined;
  return [
    {
      ...{ line: line.line, amountFen, bookedOn, payerName, payerTail, remark },
      rule: outcome.kind === 'matched' ? outcome.rule : null,
      why: outcome.kind === 'unmatched' ? outcome.why : null,
      ...{ leaseNumber: lease?.number ?? null, roomName: lease?.roomName ?? null },
    },
  ];
}

/**
 * Imports the lines that are new, or says what importing them would do. The same file, or one that overlaps it, changes nothing of what is
 * there. Call in one transaction: a file is imported whole or not at all.
 */
export async function importStatement(
  tx: Tx,
  statement: KeyedStatement,
  run: Import & { readonly dryRun: boolean },
): Promise<Report> {
  await lockAccount(tx, statement.account);
  await wantOneLayout(tx, statement);
  const fresh = await newLinesOf(tx, statement);
  const { planned, payers } = await plan(tx, fresh, run.at);
  const statementId = run.dryRun || fresh.length === 0 ? null : await store(tx, statement, planned, run);
  const matched = planned.filter(({ outcome }) => outcome?.kind === 'matched');
  const unmatched = planned.filter(({ outcome }) => outcome?.kind === 'unmatched');
  const { account, layout, from, until, openingFen, closingFen } = statement;
  return {
    ...{ statementId, dryRun: run.dryRun, account, layout, from, until, openingFen, closingFen },
    known: statement.lines.length - fresh.length,
    outgoing: planned.length - matched.length - unmatched.length,
    ...{ matched: matched.length, matchedFen: sumOf(matched) },
    ...{ unmatched: unmatched.length, unmatchedFen: sumOf(unmatched) },
    incoming: planned
      .filter(({ outcome }) => outcome !== null)
      .slice(0, SHOWN)
      .flatMap((one) => incomingOf(one, payers)),
  };
}
