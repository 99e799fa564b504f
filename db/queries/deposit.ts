/**
 * What open bills still want of a lease's deposit. Of a bill that is paid in part the deposit counts as paid last: what is shown as held is
 * never more than what has come. `until` is an instant that counts no more; both are SQL.
 */
export const unpaidDeposit = (leaseId: string, until = `'infinity'::timestamptz`): string =>
  `(SELECT coalesce(sum(least(d.wanted, greatest(0, b.total_fen - p.paid))), 0) FROM bill b
    CROSS JOIN LATERAL (SELECT coalesce(sum(i.amount_fen), 0) AS wanted FROM bill_line i
      WHERE i.operator_id = b.operator_id AND i.bill_id = b.id AND i.kind = 'deposit') d
    CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount_fen), 0) AS paid FROM bill_allocation a
      WHERE a.operator_id = b.operator_id AND a.bill_id = b.id AND a.at < ${until}) p
    WHERE b.lease_id = ${leaseId} AND d.wanted > 0 AND b.issued_at < ${until}
      AND (b.voided_at IS NULL OR b.voided_at >= ${until}))`;
