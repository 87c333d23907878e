/** A flavour as a scenario file writes it, with its source. */
export interface CatalogueFlavour {
  readonly vcpus: number;
  readonly memory: string;
  readonly disk: string;
  readonly source: string;
}

const flavour = (vcpus: number, memory: string, disk: string, source: string): CatalogueFlavour => ({
  vcpus,
  memory,
  disk,
  source,
});

/** Flavours by id: those of the descriptors of the sources, and those an OpenStack installation brings. */
export const FLAVOURS: Readonly<Record<string, CatalogueFlavour>> = {
  'vdu-256m-1g': flavour(1, '256 MB', '1 GB', '[A] A-69: cluster member'),
  'vdu-512m-1g': flavour(1, '512 MB', '1 GB', '[A] A-69'),
  'vdu-2g-20g': flavour(1, '2 GB', '20 GB', '[A] A-69'),
  'm1.tiny': flavour(1, '512 MB', '1 GB', '[U] OpenStack'),
  'm1.small': flavour(1, '2 GB', '20 GB', '[U] OpenStack'),
  'm1.medium': flavour(2, '4 GB', '40 GB', '[U] OpenStack'),
  'm1.large': flavour(4, '8 GB', '80 GB', '[U] OpenStack'),
  'm1.xlarge': flavour(8, '16 GB', '160 GB', '[U] OpenStack'),
};
