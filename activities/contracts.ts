import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { LeaseServices, Step } from '../contract/temporal/lease-activities';
import { documentBytes, storeDocument } from '../db/documents';
import { appendEvents } from '../db/events';
import { decryptPersonal, maskName, type PersonalDataKeys } from '../db/personal-data';
import { type Tx, withOperator } from '../db/tx';
import { shanghaiDate } from '../domain/calendar';
import type { LeasePolicy } from '../domain/policy';
import type { LeaseTerms } from '../domain/terms';
import type { ContractDocument, ContractModel, ContractRoom } from '../service-adapters/contract-pdf/model';
import { renderContract } from '../service-adapters/contract-pdf/render';
import type { ESeal } from '../service-adapters/e-seal/e-seal';

/** Keys of the two documents of a contract: signed by party B alone, and sealed by both. */
const KEYS = { B: 'contract/B', A: 'contract' } as const;

/**
 * Makes the contract from the record and puts a party's seal on it. The same record gives the same bytes, so a repeated call changes
 * nothing; the bytes stay in the database, only their reference goes back to the workflow.
 */
export function contracts(db: Knex, eSeal: ESeal, keys: PersonalDataKeys): Pick<LeaseServices, 'sealContract'> {
  return {
    async sealContract({ ref, at, party }: Step & { party: 'A' | 'B' }) {
      const { operatorId, leaseId } = ref;
      const known = await withOperator(db, operatorId, (tx) => documentBytes(tx, leaseId, KEYS[party], keys));
      if (known) return { documentId: known.id, sha256: known.sha256 };
      const facts = await withOperator(db, operatorId, (tx) => contractFacts(tx, leaseId, keys));
      const byB = await sealed(
        eSeal,
        await renderContract(facts.model),
        'B',
        maskName(facts.model.partyB.name),
        facts.signedAt,
      );
      const document = party === 'B' ? byB : await sealed(eSeal, byB, 'A', facts.model.partyA.name, at);
      return withOperator(db, operatorId, async (tx) => {
        const title = party === 'B' ? '房屋租赁合同(乙方已签)' : '房屋租赁合同';
        const file = { leaseId, key: KEYS[party], title, mime: 'application/pdf', bytes: document.pdf, at };
        const reference = await storeDocument(tx, file, keys);
        const data = { party, virtual: eSeal.virtual, sha256: reference.sha256 };
        await appendEvents(tx, leaseId, at, [{ key: `sealed/${party}`, kind: 'sealed', data }]);
        return reference;
      });
    },
  };
}

async function sealed(eSeal: ESeal, document: ContractDocument, party: 'A' | 'B', by: string, at: string) {
  const outcome = await eSeal.seal(document, { party, by, at });
  if (!outcome.ok) throw ApplicationFailure.nonRetryable(`the seal was refused: ${outcome.code}`, outcome.code);
  return outcome.document;
}

type FactsRow = {
  number: string;
  signedAt: string;
  terms: LeaseTerms;
  policy: LeasePolicy;
  operatorName: string;
  tenantName: string;
  phoneEnc: string | null;
  idKind: string | null;
  idNumberEnc: string | null;
  room: ContractRoom;
};

const UNKNOWN = '未登记';

async function contractFacts(
  tx: Tx,
  leaseId: Step['ref']['leaseId'],
  keys: PersonalDataKeys,
): Promise<{ model: ContractModel; signedAt: string }> {
  const [row] = await tx.query<FactsRow>(
    `SELECT l.number, l.signed_at AS "signedAt", l.terms, l.policy, o.name AS "operatorName", t.name AS "tenantName",
        t.phone_enc AS "phoneEnc", t.id_kind AS "idKind", t.id_number_enc AS "idNumberEnc",
        json_build_object('community', c.name, 'building', b.name, 'room', r.code, 'address', coalesce(c.address, ''),
          'areaCm2', r.area_cm2, 'orientation', r.orientation, 'facilities', r.facilities) AS room
      FROM lease l
      JOIN operator o ON o.operator_id = l.operator_id
      JOIN tenant t ON t.operator_id = l.operator_id AND t.id = l.tenant_id
      JOIN community c ON c.operator_id = l.operator_id AND c.id = l.community_id
      JOIN room r ON r.operator_id = l.operator_id AND r.id = l.room_id
      JOIN building b ON b.operator_id = r.operator_id AND b.id = r.building_id
      WHERE l.id = $1`,
    [leaseId],
  );
  if (!row) throw ApplicationFailure.nonRetryable(`no lease ${leaseId}`, 'LeaseNotFound');
  const open = (text: string | null): string => (text ? decryptPersonal(text, keys) : UNKNOWN);
  const model: ContractModel = {
    number: row.number,
    signedOn: shanghaiDate(Date.parse(row.signedAt)),
    partyA: { name: row.operatorName, idKind: '统一社会信用代码', idNumber: UNKNOWN, phone: UNKNOWN, address: null },
    partyB: {
      name: row.tenantName,
      idKind: row.idKind ?? '身份证',
      idNumber: open(row.idNumberEnc),
      phone: open(row.phoneEnc),
      address: null,
    },
    coTenants: [],
    room: row.room,
    terms: row.terms,
    policy: row.policy,
    seals: [],
  };
  return { model, signedAt: row.signedAt };
}
