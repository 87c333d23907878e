/** What the members of a group run in (B-05). */
export const RUNTIMES = ['vm', 'container'] as const;
export type Runtime = (typeof RUNTIMES)[number];
