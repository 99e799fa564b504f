/** What a measurement prints; null where a part was not measured. */
export type Figures = {
  readonly leaseMonthsPerSecond: number | null;
  readonly bareMonthsPerSecond: number | null;
  readonly ratio: number | null;
  readonly eventsPerPaidMonth: number | null;
  readonly bytesPerLeaseMonth: number | null;
  /** Milliseconds by which the p95 of the worst of ten reads lies above the p95 of its SQL. */
  readonly apiP95OverSqlMs: number | null;
  readonly importRoomsPerSecond: number | null;
  readonly secondStartSeconds: number | null;
};

export const NO_FIGURES: Figures = {
  leaseMonthsPerSecond: null,
  bareMonthsPerSecond: null,
  ratio: null,
  eventsPerPaidMonth: null,
  bytesPerLeaseMonth: null,
  apiP95OverSqlMs: null,
  importRoomsPerSecond: null,
  secondStartSeconds: null,
};
