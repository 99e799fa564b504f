import type { ContractDocument, SealRecord } from '../contract-pdf/model';

export type SealRequest = {
  readonly party: 'A' | 'B';
  /** Who seals, as the page will show it. No personal data beyond what the contract already names. */
  readonly by: string;
  /** Business time, ISO. */
  readonly at: string;
};

export type SealOutcome =
  | { readonly ok: true; readonly document: ContractDocument; readonly record: SealRecord }
  | {
      readonly ok: false;
      /** `DocumentChanged`: the bytes are not what the model says. `AlreadySealed`: by this party, differently. */
      readonly code: 'DocumentChanged' | 'AlreadySealed';
    };

/** Puts a party's seal on a contract and says who sealed which bytes, when. Idempotent: the same request again answers the same. */
export type ESeal = {
  /** True while no certificate stands behind the seal; page and screens must say so. */
  readonly virtual: boolean;
  seal(document: ContractDocument, request: SealRequest): Promise<SealOutcome>;
};
