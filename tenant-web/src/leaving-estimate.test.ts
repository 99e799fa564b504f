import { describe, expect, test } from '@jest/globals';
import { localDate } from '../../domain/calendar';
import { DEFAULT_POLICY } from '../../domain/default-policy';
import type { BillRow, Lease } from './client/contract';
import { leavingEstimate } from './leaving-estimate';

const RENT = 300_000;

/** 3,000 yuan a month for 2026, paid quarterly, one month's deposit. */
const aLease = (parts: Partial<Lease> = {}): Lease =>
  ({
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    depositHeldFen: RENT,
    prepaymentFen: 0,
    openFen: 0,
    policy: DEFAULT_POLICY,
    terms: {
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      alignment: 'leaseDate',
      proration: 'actualDays',
      dueDayOffset: 0,
      issueDaysBeforeDue: 5,
      rentFreeDays: 0,
      discounts: [],
      depositFen: RENT,
      taxBasisPoints: 0,
      segments: [
        {
          from: '2026-01-01',
          reason: 'original',
          roomId: 'r',
          rateFen: RENT,
          basis: 'perMonth',
          cycle: 3,
          escalation: { kind: 'none' },
          fees: [],
          suspended: false,
        },
      ],
    },
    ...parts,
  }) as unknown as Lease;

const aBill = (periodUntil: string, parts: Partial<BillRow> = {}): BillRow =>
  ({ kind: 'periodic', periodUntil, voided: false, ...parts }) as BillRow;

const day = localDate;

describe('what moving out would come to', () => {
  test('at the end of the contract the deposit comes back and nothing is charged', () => {
    const estimate = leavingEstimate(aLease(), [aBill('2027-01-01')], day('2026-12-31'), day('2026-11-01'));
    expect(estimate).toMatchObject({ creditFen: 0, penaltyFen: 0, resultFen: RENT });
  });

  test('leaving in time but early costs a month and gives back the rent paid beyond the last day', () => {
    const estimate = leavingEstimate(aLease(), [aBill('2026-07-01')], day('2026-04-30'), day('2026-03-01'));
    expect(estimate).toMatchObject({ creditFen: 2 * RENT, penaltyFen: RENT, resultFen: 2 * RENT });
    expect(estimate.explain).toHaveLength(1);
  });

  test('a bill that was taken back counts for nothing', () => {
    const bills = [aBill('2026-04-01'), aBill('2026-07-01', { voided: true })];
    expect(leavingEstimate(aLease(), bills, day('2026-03-31'), day('2026-01-01')).creditFen).toBe(0);
  });

  test('open bills can outweigh the deposit, and then something is still owed', () => {
    const estimate = leavingEstimate(aLease({ openFen: 900_000 }), [], day('2026-12-31'), day('2026-11-01'));
    expect(estimate.resultFen).toBe(RENT - 900_000);
  });
});
