import type { LocalDate } from './calendar';
import type { RoomId, TenantId } from './ids';
import type { Fen } from './money';
import type { Escalation, PaymentCycle, RecurringFee } from './terms';

/** What the parties can agree to change (变更). What is left out stays as it is; `from` may lie in days already billed. */
export type LeaseChange =
  /** Without a rate the last one goes on; either way its years of escalation begin again. */
  | {
      readonly kind: 'renewal';
      readonly newEndsOn: LocalDate;
      readonly rateFen?: Fen;
      readonly cycle?: PaymentCycle;
      readonly escalation?: Escalation;
      readonly fees?: readonly RecurringFee[];
      readonly depositFen?: Fen;
    }
  | {
      readonly kind: 'amendment';
      readonly from: LocalDate;
      readonly rateFen?: Fen;
      readonly cycle?: PaymentCycle;
      readonly escalation?: Escalation;
      readonly fees?: readonly RecurringFee[];
      readonly depositFen?: Fen;
    }
  /** Who else lives there; bills are not touched. */
  | { readonly kind: 'coTenants'; readonly coTenantIds: readonly TenantId[] }
  | {
      readonly kind: 'transfer';
      readonly from: LocalDate;
      readonly roomId: RoomId;
      readonly rateFen: Fen;
      readonly depositFen?: Fen;
    }
  /** `until` is the first day charged again; null: until a resumption or the end. */
  | { readonly kind: 'suspension'; readonly from: LocalDate; readonly until: LocalDate | null }
  | { readonly kind: 'resumption'; readonly from: LocalDate }
  /** `endsOn` is the new last day. */
  | { readonly kind: 'earlyEnd'; readonly endsOn: LocalDate };
