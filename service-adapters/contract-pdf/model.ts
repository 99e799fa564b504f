import type { LocalDate } from '../../domain/calendar';
import type { LeasePolicy } from '../../domain/policy';
import type { LeaseTerms } from '../../domain/terms';

/** One side of the contract. Phone and ID number are printed as given: whole on the contract itself, masked on a preview. */
export type ContractParty = {
  readonly name: string;
  /** 身份证, 护照, 统一社会信用代码 ... */
  readonly idKind: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string | null;
};

export type ContractRoom = {
  readonly community: string;
  readonly building: string;
  readonly room: string;
  readonly address: string;
  readonly areaCm2: number | null;
  readonly orientation: string | null;
  readonly facilities: readonly string[];
};

/** A seal on the contract and what it stands on. */
export type SealRecord = {
  readonly sealId: string;
  readonly party: 'A' | 'B';
  /** Who put it there, as shown on the page. */
  readonly by: string;
  /** Business time, ISO. */
  readonly at: string;
  /** SHA-256 of the document as it was before this seal. */
  readonly documentSha256: string;
  /** Not made under a certificate; the page says so. A certified one will be another kind. */
  readonly kind: 'virtual';
};

/** Everything that a contract says; the same model always gives the same bytes. */
export type ContractModel = {
  readonly number: string;
  readonly signedOn: LocalDate;
  readonly partyA: ContractParty;
  readonly partyB: ContractParty;
  readonly coTenants: readonly Pick<ContractParty, 'name' | 'idKind' | 'idNumber'>[];
  readonly room: ContractRoom;
  readonly terms: LeaseTerms;
  readonly policy: LeasePolicy;
  readonly seals: readonly SealRecord[];
};

export type ContractDocument = { readonly model: ContractModel; readonly pdf: Buffer; readonly sha256: string };
