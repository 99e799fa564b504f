import type { LeaseFacts, Violation } from './facts';
import { checkBills } from './rules/bills';
import { checkDoor } from './rules/doors';
import { checkLateFees } from './rules/late-fees';
import { checkLedger } from './rules/ledger';
import { checkMoney } from './rules/money';

const RULES = [checkBills, checkLateFees, checkMoney, checkLedger, checkDoor];

/** Holds the whole record of these leases against what must be true of it. Empty: nothing is wrong. */
export const violationsOf = (leases: readonly LeaseFacts[]): Violation[] =>
  leases.flatMap((facts) => RULES.flatMap((rule) => rule(facts)));
