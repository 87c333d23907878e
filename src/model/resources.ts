/** What instances take on nodes beside plain slots, in the order of the columns of the compiled model. */
export const RESOURCES = ['vcpus', 'memory', 'disk'] as const;
export type Resource = (typeof RESOURCES)[number];

/** Whole virtual CPUs, megabytes (10^6 bytes) of memory and of disk. */
export type Resources = Readonly<Record<Resource, number>>;

/** Shape of an instance. */
export interface Flavour extends Resources {
  readonly id: string;
}
