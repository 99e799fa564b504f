import { z } from 'zod';
import { instant, pageQuery } from './common';

/** Counts by kind: `{ community: 1, room: 1000, lease: 812 }`. */
const counts = z.record(z.string(), z.int());

export const importQuery = z.strictObject({
  /** `true` (default) only says what would happen. */
  dryRun: z.enum(['true', 'false']).default('true'),
  skipBadRows: z.enum(['true', 'false']).default('false'),
});

export const importReport = z.object({
  runId: z.string().nullable(),
  dryRun: z.boolean(),
  created: counts,
  changed: counts,
  unchanged: counts,
  /** The first thousand of `refusedTotal`. */
  refused: z.array(z.object({ sheet: z.string(), row: z.int(), column: z.string().nullable(), reason: z.string() })),
  refusedTotal: z.int(),
  /** The first hundred sheets (without heading) and columns that were not understood and are left out. */
  ignored: z.array(z.object({ sheet: z.string(), column: z.string(), heading: z.string() })),
});

export const importRun = z.object({ id: z.string(), at: instant, fileName: z.string(), report: importReport });
export const listImportsQuery = z.strictObject({ ...pageQuery });
