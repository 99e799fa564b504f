import { DatabaseError } from 'pg';

/** What the database refuses for a business reason; everything else that it throws is a bug or an outage. */
export type RefusalCode =
  | 'RoomTaken'
  | 'LeaseNumberTaken'
  | 'LeaseNotFound'
  | 'LeaseStatusChanged'
  | 'BillNotFound'
  | 'PaymentNotFound'
  | 'PaymentMismatch'
  | 'RefundNotFound'
  | 'RefundStatusChanged';

/** Thrown, not returned: the transaction that met it has to be rolled back. */
export class DbRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'DbRefusal';
    this.code = code;
  }
}

/** Refusals by the name of the constraint that was hit. */
const BY_CONSTRAINT: Readonly<Record<string, RefusalCode>> = {
  no_room_twice: 'RoomTaken',
  lease_operator_id_number_key: 'LeaseNumberTaken',
  lease_pkey: 'LeaseNumberTaken',
};

/** Runs `work` and turns the violation of a constraint that states a business rule into its refusal. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof DatabaseError && error.constraint ? BY_CONSTRAINT[error.constraint] : undefined;
    if (!code) throw error;
    throw new DbRefusal(code, code === 'RoomTaken' ? 'the room is taken in this period' : 'the lease number is taken');
  }
}
