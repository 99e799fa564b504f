import { z } from 'zod';
import { FITS, UNMATCHED_REASONS } from '../../domain/bank-matching';
import { id, idParams, instant, pageQuery, reason } from './common';

/** How a bank line stands: money out, waiting for a person, booked by rule, booked by a person, or not rent. */
export const bankLineState = z.enum(['outgoing', 'unmatched', 'matched', 'assigned', 'dismissed']);
const layout = z.enum(['icbc', 'cmb', 'mt940']);
const rule = z.enum(['code', 'nameAndBill', 'nameAndSum']);

export const importBankStatementQuery = z.strictObject({
  /** `true` (default) only says what would happen. */
  dryRun: z.enum(['true', 'false']).default('true'),
  /** The operator's own account, for a file that does not say it. */
  account: z
    .string()
    .regex(/^[0-9A-Za-z -]{6,40}$/)
    .optional(),
});

export const bankStatement = z.object({
  id: z.string(),
  account: z.string(),
  layout,
  fileName: z.string(),
  from: z.string(),
  /** Last day, inclusive. */
  until: z.string(),
  openingFen: z.int(),
  closingFen: z.int(),
  importedAt: instant,
  /** Lines that this file brought first, by state. */
  lines: z.partialRecord(bankLineState, z.int()),
});

const proposal = z.object({
  leaseId: z.string(),
  leaseNumber: z.string(),
  roomName: z.string(),
  tenantName: z.string(),
  openFen: z.int(),
  /** What speaks for it. */
  fits: z.array(z.enum(FITS)),
});

export const bankLine = z.object({
  id: z.string(),
  statementId: z.string(),
  account: z.string(),
  direction: z.enum(['credit', 'debit']),
  amountFen: z.int(),
  bookedOn: z.string(),
  bookedAt: instant.nullable(),
  bankNumber: z.string().nullable(),
  payerName: z.string(),
  payerTail: z.string(),
  remark: z.string(),
  reversal: z.boolean(),
  state: bankLineState,
  rule: rule.nullable(),
  leaseId: z.string().nullable(),
  leaseNumber: z.string().nullable(),
  paymentId: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** What the person who assigned or dismissed it wrote. */
  reason: z.string().nullable(),
  /** Of an unmatched line, as things stand now. `oneFitsNow`: what was missing at the import is there, one click is enough. */
  why: z.enum([...UNMATCHED_REASONS, 'oneFitsNow']).nullable(),
  proposals: z.array(proposal),
});

export const bankStatementReport = z.object({
  /** Null: a dry run, or nothing in the file was new. */
  statementId: z.string().nullable(),
  dryRun: z.boolean(),
  ...bankStatement.pick({ account: true, layout: true, from: true, until: true, openingFen: true, closingFen: true })
    .shape,
  /** Lines that are there from an earlier file and are left as they are. */
  known: z.int(),
  outgoing: z.int(),
  matched: z.int(),
  matchedFen: z.int(),
  unmatched: z.int(),
  unmatchedFen: z.int(),
  /** The first hundred new lines in, as they are or would be matched. */
  incoming: z.array(
    bankLine
      .pick({ amountFen: true, bookedOn: true, payerName: true, payerTail: true, remark: true, rule: true })
      .extend({
        line: z.int(),
        leaseNumber: z.string().nullable(),
        roomName: z.string().nullable(),
        why: z.enum(UNMATCHED_REASONS).nullable(),
      }),
  ),
});

export const listBankStatementsQuery = z.strictObject({ ...pageQuery });
export const listBankLinesQuery = z.strictObject({
  ...pageQuery,
  state: bankLineState.optional(),
  statementId: id('bankStatement').optional(),
});
export const bankLineParams = idParams('bankLine');
export const assignBankLineBody = z.strictObject({ leaseId: id('lease'), reason });
export const dismissBankLineBody = z.strictObject({ reason });
export const bankLineReply = z.object({ state: bankLineState, paymentId: z.string().nullable() });

/** What a tenant writes into the remark of a bank transfer. */
export const myPaymentCode = z.object({ code: z.string() });
