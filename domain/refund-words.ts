/** How the reason begins of a refund that no provider can make: the money came as cash or by bank, so a person pays it back. */
const BY_HAND = '线下收款';

/** Whether a refund waits for a person although no provider refused it. `why`: the reason that the attempt ended with. */
export const waitsForAPerson = (why: string): boolean => why.startsWith(BY_HAND);

/** Title of the work order about a refund that did not go out by itself. */
export const refundOrderTitle = (why: string): string =>
  waitsForAPerson(why) ? `需人工退款（现金/转账），请财务处理：${why}` : `退款失败,请财务处理:${why}`;
