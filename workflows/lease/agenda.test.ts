import { describe, expect, it } from '@jest/globals';
import type { LeaseState } from '../../contract/temporal/lease-state';
import type { OpenBill } from '../../domain/bill';
import { localDate, shanghaiInstant } from '../../domain/calendar';
import { parseId } from '../../domain/ids';
import { fen } from '../../domain/money';
import { aLease, aLeaseState, aSegment } from '../../test/builders';
import { nextOnAgenda } from './agenda';

const at = (day: string, hour = 0) => shanghaiInstant(localDate(day), hour);
const next = (state: Partial<LeaseState>, runStartedAt = at('2026-01-01', 9)) =>
  nextOnAgenda(aLeaseState(state), runStartedAt);

const bill = (dueOn: string): OpenBill => ({
  key: `period/${dueOn}`,
  kind: 'periodic',
  issueOn: localDate(dueOn),
  dueOn: localDate(dueOn),
  totalFen: fen(300_000),
  openFen: fen(300_000),
});

const living = { status: 'effective', billedUntil: localDate('2026-02-01') } as const;

describe('what a lease does next', () => {
  it('makes the first bill at once, and frees the room a day later when nobody pays', () => {
    expect(next({})).toEqual({ task: 'issueFirstBill', at: at('2026-01-01', 9) });
    expect(next({ status: 'awaitingFirstPayment' })).toEqual({ task: 'expire', at: at('2026-01-02', 9) });
  });

  it('waits for the manager without a clock', () => {
    expect(next({ status: 'awaitingApproval' })).toBeNull();
  });

  it('issues the next bill at ten in the morning, five days before it is due', () => {
    expect(next(living)).toEqual({ task: 'issueBills', at: at('2026-01-27', 10) });
  });

  //  27 Jan       29       31       1 Feb        2 Feb 00:00
  //  issued    remind   remind   remind (due)   overdue: lock
  it('reminds before, on and after the due day, and locks at the first moment of the day after it', () => {
    const open = [{ ...bill('2026-02-01'), issueOn: localDate('2026-01-27') }];
    const billed = { ...living, billedUntil: localDate('2026-03-01'), open };
    expect(next({ ...billed, remindedThrough: at('2026-01-27', 10) })).toMatchObject({
      task: 'remind',
      at: at('2026-01-29', 10),
    });
    expect(next({ ...billed, remindedThrough: at('2026-02-01', 10) })).toEqual({
      task: 'enforce',
      at: at('2026-02-02'),
    });
  });

  it('looks at enforcement again when a wait is over, not before', () => {
    const waiting = {
      ...living,
      billedUntil: localDate('2027-01-01'),
      open: [bill('2026-02-01')],
      remindedThrough: at('2026-12-01'),
      endingNoticed: true,
      enforcementCheckedThrough: at('2026-02-02'),
      enforcementWaitUntil: at('2026-02-02', 7),
    };
    expect(next(waiting)).toEqual({ task: 'enforce', at: at('2026-02-02', 7) });
  });

  it('asks what comes next thirty days before the end, then locks the room at four in the afternoon of the last day', () => {
    const last = { ...living, billedUntil: localDate('2027-01-01') };
    expect(next(last, at('2026-06-01'))).toEqual({ task: 'noticeEnding', at: at('2026-12-01', 10) });
    expect(next({ ...last, status: 'ending', endingNoticed: true }, at('2026-06-01'))).toEqual({
      task: 'beginCheckout',
      at: at('2026-12-31', 16),
    });
  });

  it('starts its history anew on each anniversary and not again within the same year', () => {
    const terms = aLease({ endsOn: localDate('2028-12-31') });
    const quiet = { ...living, terms, billedUntil: localDate('2029-01-01') };
    expect(next(quiet, at('2026-01-01', 9))).toEqual({ task: 'turnYear', at: at('2027-01-01', 2) });
    expect(next(quiet, at('2027-01-01', 2))).toEqual({ task: 'turnYear', at: at('2028-01-01', 2) });
    expect(next(quiet, at('2025-12-20', 9))).toEqual({ task: 'turnYear', at: at('2027-01-01', 2) });
  });

  it('moves to its other room on the day agreed, once', () => {
    const [old, fresh] = [
      parseId<'room'>(`${'0'.repeat(8)}-0000-7000-8000-${'1'.repeat(12)}`),
      parseId<'room'>(`${'0'.repeat(8)}-0000-7000-8000-${'2'.repeat(12)}`),
    ];
    const segments = [
      aSegment({ roomId: old }),
      aSegment({ roomId: fresh, from: localDate('2026-05-01'), reason: 'transfer' }),
    ];
    const moving = { ...living, terms: aLease({ segments }), billedUntil: localDate('2027-01-01') };
    expect(next(moving)).toEqual({ task: 'followRoom', at: at('2026-05-01') });
    const room = { id: fresh, no: 'B-202', since: localDate('2026-05-01') };
    expect(next({ ...moving, room }, at('2026-05-01'))).toMatchObject({ task: 'noticeEnding' });
  });

  it('follows a transfer from the very day on which it came into its room at once, and before the hand-over', () => {
    const [old, fresh] = [
      parseId<'room'>(`${'0'.repeat(8)}-0000-7000-8000-${'1'.repeat(12)}`),
      parseId<'room'>(`${'0'.repeat(8)}-0000-7000-8000-${'2'.repeat(12)}`),
    ];
    const put = { ...living, terms: aLease({ segments: [aSegment({ roomId: fresh })] }), handedOver: false };
    const room = { id: old, no: 'A-101', since: put.terms.startsOn };
    expect(next({ ...put, room })).toEqual({ task: 'followRoom', at: at(put.terms.startsOn) });
    expect(next({ ...put, room: { ...room, id: fresh } })).toMatchObject({ task: 'handOver' });
    const again = [
      aSegment({ roomId: old }),
      aSegment({ roomId: fresh, from: localDate('2026-05-01'), reason: 'transfer' }),
    ];
    const since = localDate('2026-05-01');
    const billedUntil = localDate('2027-01-01');
    const moved = { ...living, billedUntil, terms: aLease({ segments: again }), room: { ...room, since } };
    expect(next(moved)).toEqual({ task: 'followRoom', at: at('2026-05-01') });
  });

  it('settles as soon as the room was inspected, at the latest when the inspection days are over', () => {
    const checkout = {
      reason: 'expiry',
      moveOutOn: localDate('2026-12-31'),
      lockedAt: '2026-12-31T08:00:00.000Z',
      inspectBy: localDate('2027-01-12'),
      inspected: null,
    } as const;
    expect(next({ status: 'checkingOut', checkout })).toEqual({ task: 'settle', at: at('2027-01-12', 16) });
    const inspected = { by: 'staff:1', at: '2027-01-04T02:00:00.000Z', damages: [] };
    expect(next({ status: 'checkingOut', checkout: { ...checkout, inspected } })).toEqual({
      task: 'settle',
      at: at('2027-01-04', 10),
    });
  });

  it('sends money that is owed back before anything else, in whatever state', () => {
    const refund = {
      id: parseId<'refund'>('00000000-0000-7000-8000-000000000001'),
      amountFen: fen(100),
      tryAt: at('2026-03-01'),
    };
    expect(next({ ...living, refund })).toEqual({ task: 'payOut', at: at('2026-03-01') });
    expect(next({ status: 'cancelled', refund })).toEqual({ task: 'payOut', at: at('2026-03-01') });
  });
});
