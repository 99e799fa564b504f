import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { wireTime } from '../wire';
import { type Journal, openJournal } from './journal';
import { type Refusal, refusal } from './refusals';

const amount = z.object({ total: z.int().positive(), currency: z.literal('CNY') });

export const ContractRequest = z.object({
  appid: z.string(),
  openid: z.string().min(1).optional(),
  plan_id: z.int().positive(),
  out_contract_code: z.string().regex(/^[0-9A-Za-z]{1,32}$/),
  contract_display_account: z.string().min(1).max(32),
  contract_notify_url: z.string().regex(/^https?:\/\/[^?#\s]+$/),
  deduct_schedule: z
    .object({
      estimated_deduct_date: z.iso.date(),
      estimated_deduct_amount: amount,
      description: z.string().optional(),
    })
    .optional(),
});
export type ContractRequest = z.infer<typeof ContractRequest>;

export type StoredContract = {
  readonly token: string;
  readonly contractId: string;
  readonly request: ContractRequest;
  readonly state: 'NEW' | 'SIGNED' | 'TERMINATED';
  readonly signedMs: number | null;
  readonly endedMs: number | null;
  /** Of the deduction that was booked or announced and is still to come. */
  readonly readyFen: number | null;
  /** A scheduled plan's one deduction was taken. */
  readonly isUsed: boolean;
};

/** The contracts of the simulated provider, each change a line of its own journal; the last line of a contract counts. */
export class Contracts {
  readonly #journal: Journal<StoredContract>;
  readonly #byCode = new Map<string, StoredContract>();
  readonly #codes = new Map<string, string>();

  constructor(file?: string) {
    this.#journal = openJournal<StoredContract>(file);
    for (const contract of this.#journal.entries) this.#keep(contract);
  }

  open(request: ContractRequest): StoredContract | Refusal {
    const known = this.#byCode.get(request.out_contract_code);
    if (known?.state === 'NEW' && JSON.stringify(known.request) === JSON.stringify(request)) return known;
    if (known !== undefined) return refusal('INVALID_REQUEST', '商户签约协议号已使用');
    const token = randomUUID().replaceAll('-', '');
    const contractId = `2026${Array.from({ length: 16 }, () => randomInt(10)).join('')}`;
    const fresh = { state: 'NEW', signedMs: null, endedMs: null, readyFen: null, isUsed: false } as const;
    return this.change({ token, contractId, request, ...fresh });
  }

  find(planId: number, outContractCode: string): StoredContract | undefined {
    const found = this.#byCode.get(outContractCode);
    return found?.request.plan_id === planId ? found : undefined;
  }

  /** By the token of its page or the provider's number. */
  findBy(name: string): StoredContract | undefined {
    return this.#byCode.get(this.#codes.get(name) ?? '');
  }

  change(contract: StoredContract, change: Partial<Omit<StoredContract, 'token' | 'request'>> = {}): StoredContract {
    const next = { ...contract, ...change };
    this.#journal.write(next);
    this.#keep(next);
    return next;
  }

  #keep(contract: StoredContract): void {
    const code = contract.request.out_contract_code;
    this.#byCode.set(code, contract);
    this.#codes.set(contract.token, code).set(contract.contractId, code);
  }
}

/** What a query answers and a notice contains. */
export const contractOf = ({ request, contractId, state, signedMs, endedMs }: StoredContract, mchid: string) => ({
  mchid,
  appid: request.appid,
  contract_id: contractId,
  plan_id: request.plan_id,
  out_contract_code: request.out_contract_code,
  contract_display_account: request.contract_display_account,
  contract_state: state,
  openid: request.openid ?? 'oSIMULATED000000000000000000',
  ...(signedMs === null ? {} : { contract_signed_time: wireTime(signedMs) }),
  ...(endedMs === null ? {} : { contract_terminate_info: { contract_terminated_time: wireTime(endedMs) } }),
  ...(request.deduct_schedule === undefined ? {} : { deduct_schedule: request.deduct_schedule }),
});
