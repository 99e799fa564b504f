import { randomUUID } from 'node:crypto';
import { alipayNumber } from '../book';
import { Journal } from '../journal';

export type AgreementRequest = {
  readonly externalNo: string;
  readonly signScene: string;
  readonly personalProductCode: string;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  /** Highest deduction in fen; null when only the contract sets limits. */
  readonly singleFen: number | null;
};

export type Agreement = {
  readonly token: string;
  readonly request: AgreementRequest;
  readonly agreementNo: string;
  readonly status: 'TEMP' | 'NORMAL' | 'STOP';
  readonly signedAt: number | null;
  readonly endedAt: number | null;
};

type Entry =
  | { readonly kind: 'asked'; readonly token: string; readonly agreementNo: string; readonly request: AgreementRequest }
  | { readonly kind: 'signed'; readonly externalNo: string; readonly at: number }
  | { readonly kind: 'ended'; readonly externalNo: string; readonly at: number };

/** Who has let the merchant deduct. */
export class AgreementBook {
  readonly #agreements = new Map<string, Agreement>();
  /** From Alipay's number, and from the token, to the merchant's number. */
  readonly #names = new Map<string, string>();
  readonly #journal: Journal<Entry>;

  constructor(file?: string) {
    this.#journal = new Journal(file, (entry) => this.#apply(entry));
  }

  /** The same number again is the same agreement, as it was first asked for. */
  ask(request: AgreementRequest, now: number): Agreement {
    const known = this.#agreements.get(request.externalNo);
    if (known !== undefined) return known;
    return this.#write({ kind: 'asked', token: randomUUID(), agreementNo: alipayNumber(now), request });
  }

  sign(agreement: Agreement, now: number): Agreement {
    if (agreement.status !== 'TEMP') return agreement;
    return this.#write({ kind: 'signed', externalNo: agreement.request.externalNo, at: now });
  }

  end(agreement: Agreement, now: number): Agreement {
    if (agreement.status !== 'NORMAL') return agreement;
    return this.#write({ kind: 'ended', externalNo: agreement.request.externalNo, at: now });
  }

  find(externalNo: string): Agreement | undefined {
    return this.#agreements.get(externalNo);
  }

  /** By Alipay's number, or by the token of its page. */
  findByName(name: string): Agreement | undefined {
    return this.#agreements.get(this.#names.get(name) ?? '');
  }

  #write(entry: Entry): Agreement {
    this.#journal.write(entry);
    const externalNo = entry.kind === 'asked' ? entry.request.externalNo : entry.externalNo;
    const agreement = this.#agreements.get(externalNo);
    if (agreement === undefined) throw new Error(`no agreement ${externalNo}`);
    return agreement;
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'asked') {
      const { token, agreementNo, request } = entry;
      const asked = { token, request, agreementNo, status: 'TEMP', signedAt: null, endedAt: null } as const;
      this.#agreements.set(request.externalNo, asked);
      this.#names.set(token, request.externalNo).set(agreementNo, request.externalNo);
      return;
    }
    const agreement = this.#agreements.get(entry.externalNo);
    if (agreement === undefined) return;
    const next =
      entry.kind === 'signed'
        ? ({ status: 'NORMAL', signedAt: entry.at } as const)
        : ({ status: 'STOP', endedAt: entry.at } as const);
    this.#agreements.set(entry.externalNo, { ...agreement, ...next });
  }
}
