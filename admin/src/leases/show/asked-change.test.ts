import { describe, expect, test } from '@jest/globals';
import { changeBody } from '../../../../contract/http/lease-verbs';
import type { Change } from '../../data/contract';
import { ASKED_NAMES, askedFacts, beginsOn, statusKey } from './asked-change';

const aChange = (asked: Change['asked'], more: Partial<Change> = {}): Change =>
  ({ kind: asked.kind, status: 'applied', asked, terms: { segments: [] }, ...more }) as unknown as Change;

const transfer = aChange({ kind: 'transfer', from: '2027-04-25', roomId: 'r301', rateFen: 270_000 });

describe('a change of a lease', () => {
  test('says the day, the room and the rent that were asked for', () => {
    expect(askedFacts(transfer)).toEqual([
      { kind: 'day', label: 'app.field.from', day: '2027-04-25' },
      { kind: 'room', label: 'app.field.newRoom', roomId: 'r301' },
      { kind: 'money', label: 'app.change.rate', fen: 270_000 },
    ]);
  });

  test('says nothing of what stays as it was', () => {
    const renewal = aChange({ kind: 'renewal', newEndsOn: '2028-11-24' });
    expect(askedFacts(renewal).map(({ kind }) => kind)).toEqual(['day']);
  });

  test('says that a suspension without an end is open', () => {
    const suspension = aChange({ kind: 'suspension', from: '2027-01-01', until: null });
    expect(askedFacts(suspension)[1]).toEqual({ kind: 'openEnd', label: 'app.field.chargedAgain' });
  });

  test('can say everything that anyone can ask for', () => {
    const askable = changeBody.options.flatMap(({ shape }) => Object.keys(shape)).filter((name) => name !== 'kind');
    expect(askable.filter((name) => !ASKED_NAMES.includes(name))).toEqual([]);
  });

  test('that was agreed for a later day is not called carried out before that day', () => {
    expect(statusKey(transfer, '2027-01-27')).toBe('app.change.agreedFrom');
    expect(statusKey(transfer, '2027-04-25')).toBe('app.changeStatus.applied');
    expect(statusKey({ ...transfer, status: 'requested' }, '2027-01-27')).toBe('app.changeStatus.requested');
  });

  test('begins, when it is a renewal, on the first day of the new term', () => {
    const segments = [
      { reason: 'original', from: '2026-11-25' },
      { reason: 'renewal', from: '2027-11-25' },
    ];
    const renewal = aChange({ kind: 'renewal', newEndsOn: '2028-11-24' }, { terms: { segments } as never });
    expect(beginsOn(renewal)).toBe('2027-11-25');
  });
});
