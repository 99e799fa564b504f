import type { LeaseChange } from './lease-change';
import type { Refusal } from './refusal';
import { segmentOn } from './segment-on';
import type { LeaseTerms } from './terms';
import type { TermsRefusalCode } from './terms-check';

export type ChangeRefusalCode =
  | TermsRefusalCode
  | 'BeforeLease'
  | 'AfterLease'
  | 'EndNotLater'
  | 'EndNotEarlier'
  | 'EndBeforeStart'
  | 'NothingToChange'
  | 'SameRoom'
  | 'AlreadySuspended'
  | 'NotSuspended'
  | 'UntilNotAfterFrom'
  | 'UntilAfterEnd';

export type ChangeRefusal = Refusal & { readonly ok: false; readonly code: ChangeRefusalCode };

export const refusal = (field: string, code: ChangeRefusalCode, text: string): ChangeRefusal => ({
  ok: false,
  field,
  code,
  text,
});

function refuseFrom(terms: LeaseTerms, from: string): ChangeRefusal | null {
  if (from < terms.startsOn) return refusal('from', 'BeforeLease', '生效日早于起租日');
  if (from > terms.endsOn) return refusal('from', 'AfterLease', '生效日晚于租约到期日');
  return null;
}

function refuseSuspension(terms: LeaseTerms, change: LeaseChange & { kind: 'suspension' }): ChangeRefusal | null {
  const { from, until } = change;
  if (until !== null && until <= from) return refusal('until', 'UntilNotAfterFrom', '恢复日须晚于暂停日');
  if (until !== null && until > terms.endsOn) return refusal('until', 'UntilAfterEnd', '恢复日晚于租约到期日');
  const touched = terms.segments.filter((segment) => segment.from > from && (until === null || segment.from < until));
  const taken = [segmentOn(terms, from), ...touched].some(({ suspended }) => suspended);
  return taken ? refusal('from', 'AlreadySuspended', '该期间内租约已暂停') : null;
}

/** Why a change cannot be made to these terms, apart from what the terms that come out of it say; null when it can. */
export function refuseChange(terms: LeaseTerms, change: LeaseChange): ChangeRefusal | null {
  const outside = 'from' in change ? refuseFrom(terms, change.from) : null;
  if (outside) return outside;
  switch (change.kind) {
    case 'coTenants':
      return null;
    case 'renewal':
      return change.newEndsOn > terms.endsOn ? null : refusal('newEndsOn', 'EndNotLater', '续租到期日须晚于原到期日');
    case 'amendment': {
      const { kind: _kind, from: _from, ...set } = change;
      const empty = Object.values(set).every((value) => value === undefined);
      return empty ? refusal('change', 'NothingToChange', '没有任何变更内容') : null;
    }
    case 'transfer': {
      const same = segmentOn(terms, change.from).roomId === change.roomId;
      return same ? refusal('roomId', 'SameRoom', '换入的房间与现房间相同') : null;
    }
    case 'suspension':
      return refuseSuspension(terms, change);
    case 'resumption':
      return segmentOn(terms, change.from).suspended ? null : refusal('from', 'NotSuspended', '该日租约并未暂停');
    case 'earlyEnd':
      if (change.endsOn < terms.startsOn) return refusal('endsOn', 'EndBeforeStart', '提前到期日早于起租日');
      return change.endsOn < terms.endsOn ? null : refusal('endsOn', 'EndNotEarlier', '提前到期日须早于原到期日');
  }
}
