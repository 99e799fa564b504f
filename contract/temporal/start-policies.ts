/**
 * What a second start of the same id does. Declared once, so that every starter agrees.
 * lease: while it runs, the running one is used; after it closed well, refused; after it failed, was cancelled or terminated, started
 * again from the record, which is how a lease comes back from an operator's mistake.
 * payment: while it runs, the running one is used; after it closed, whatever way, it is started again, and its first question ends it.
 */
export const START_POLICIES = {
  lease: { workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY', workflowIdConflictPolicy: 'USE_EXISTING' },
  payment: { workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING' },
} as const;

/** Lower goes first: money and door releases, enforcement, bills, statistics. */
export const PRIORITY = { release: 1, enforcement: 2, bills: 3, statistics: 5 } as const;
