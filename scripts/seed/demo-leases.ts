import { issueBills } from '../../db/bills';
import { insertSignedLease } from '../../db/leases';
import { post } from '../../db/ledger';
import { enqueue } from '../../db/outbox';
import { policyFor } from '../../db/queries/operator';
import type { Tx } from '../../db/tx';
import type { BillDraft } from '../../domain/bill';
import { addDays, addMonths, type LocalDate, shanghaiDate } from '../../domain/calendar';
import type { LeaseId } from '../../domain/ids';
import { postOpening } from '../../domain/ledger';
import { fen } from '../../domain/money';
import type { LeaseTerms } from '../../domain/terms';
import { demoId } from './demo-ids';
import { demoTenant } from './demo-people';
import { DEMO_COMMUNITY_ID, demoRateOf, demoRoom } from './demo-places';

type DemoLease = {
  readonly number: string;
  readonly tenant: string;
  readonly room: readonly [building: string, code: string];
  /** Months lived already, and the day of the month relative to today on which the next period begins. */
  readonly months: number;
  readonly nextPeriodInDays: number;
  /** Months from the start to the end; null: ends in twenty days. */
  readonly term: number | null;
  /** `signed`: today, nothing paid yet; the others came with the rent roll. */
  readonly as: 'signed' | 'running' | 'inArrears';
};

const lease = (
  number: string,
  tenant: string,
  room: readonly [string, string],
  as: DemoLease['as'],
  [months, nextPeriodInDays, term]: readonly [number, number, number | null],
): DemoLease => ({ number, tenant, room, as, months, nextPeriodInDays, term });

/** What each first screen is to show: bills to pay, a lock-out, an approval, an end that comes near. */
export const DEMO_LEASES: readonly DemoLease[] = [
  lease('DEMO-0001', '王小明', ['1', '302'], 'running', [2, 3, 12]),
  lease('DEMO-0002', '李婷', ['1', '101'], 'signed', [0, 0, 12]),
  lease('DEMO-0003', '张建国', ['1', '203'], 'inArrears', [5, 12, 12]),
  lease('DEMO-0004', '陈静', ['1', '404'], 'running', [11, 0, null]),
  lease('DEMO-0005', '刘洋', ['2', '102'], 'signed', [0, 0, 6]),
  lease('DEMO-0006', '赵敏', ['2', '201'], 'running', [4, 9, 24]),
  lease('DEMO-0007', '周涛', ['2', '303'], 'running', [7, 15, 12]),
  lease('DEMO-0008', '吴丽', ['2', '402'], 'running', [1, 20, 12]),
];

/** Its first bill is paid once it is there, so that an approval waits for the community manager. */
export const PAID_FIRST_BILL = DEMO_LEASES[4]?.number ?? '';

export const demoLeaseId = (number: string): LeaseId => demoId<'lease'>(`lease/${number}`);

/** Stores the demo's leases with the message that starts each one's workflow. */
export async function seedLeases(tx: Tx, now: number): Promise<void> {
  const policy = await policyFor(tx, DEMO_COMMUNITY_ID);
  for (const demo of DEMO_LEASES) {
    const id = demoLeaseId(demo.number);
    const { terms, billedUntil } = agreed(demo, shanghaiDate(now));
    const signed = demo.as === 'signed';
    await insertSignedLease(tx, {
      ...{ id, number: demo.number, communityId: DEMO_COMMUNITY_ID, tenantId: demoTenant(demo.tenant), terms, policy },
      signedAt: new Date(now).toISOString(),
      status: signed ? 'signed' : 'effective',
      source: signed ? 'signed' : 'imported',
      billedUntil: signed ? null : billedUntil,
      events: [
        {
          key: signed ? 'signed' : 'imported',
          kind: signed ? 'signed' : 'imported',
          data: { by: 'system', ...(signed ? {} : { billedFrom: billedUntil }) },
        },
      ],
    });
    if (!signed) await seedBalance(tx, demo, terms, now);
    await enqueue(tx, { key: `start/${id}`, topic: 'startLease', payload: { leaseId: id } });
  }
}

function agreed({ room, months, nextPeriodInDays, term }: DemoLease, today: LocalDate) {
  const billedUntil = addDays(today, nextPeriodInDays);
  const startsOn = addMonths(billedUntil, -months);
  const [building, code] = room;
  const rateFen = demoRateOf(code);
  const segment = { from: startsOn, reason: 'original', roomId: demoRoom(building, code), rateFen } as const;
  const fees = [{ kind: 'network' as const, amountFen: fen(5_000) }];
  const terms: LeaseTerms = {
    startsOn,
    endsOn: term === null ? addDays(today, 20) : addDays(addMonths(startsOn, term), -1),
    alignment: 'leaseDate',
    proration: 'actualDays',
    dueDayOffset: 0,
    issueDaysBeforeDue: 5,
    rentFreeDays: 0,
    discounts: [],
    depositFen: rateFen,
    taxBasisPoints: 500,
    segments: [{ ...segment, basis: 'perMonth', cycle: 1, escalation: { kind: 'none' }, fees, suspended: false }],
  };
  return { terms, billedUntil: term === null ? addDays(today, 21) : billedUntil };
}

/** The deposit that came with a running lease, and for one of them a month that was never paid. */
async function seedBalance(tx: Tx, { number, as }: DemoLease, { depositFen }: LeaseTerms, now: number): Promise<void> {
  const leaseId = demoLeaseId(number);
  const at = new Date(now).toISOString();
  const opening = postOpening({ leaseId, at }, { balanceFen: fen(0), depositFen });
  if (opening) await post(tx, DEMO_COMMUNITY_ID, [opening]);
  if (as !== 'inArrears') return;
  await issueBills(tx, {
    leaseId,
    communityId: DEMO_COMMUNITY_ID,
    at,
    drafts: [arrears(depositFen, shanghaiDate(now))],
  });
}

function arrears(amountFen: LeaseTerms['depositFen'], today: LocalDate): BillDraft {
  const day = addDays(today, -6);
  const line = {
    kind: 'opening',
    from: day,
    until: day,
    amountFen,
    taxFen: fen(0),
    explain: '期初欠费：上月租金',
  } as const;
  const days = { periodFrom: day, periodUntil: day, issueOn: day, dueOn: day };
  return { key: 'opening', kind: 'opening', ...days, lines: [line] };
}
