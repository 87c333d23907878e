import { DEFAULTS } from '../../catalogue/defaults.ts';
import { FLAVOURS } from '../../catalogue/flavours.ts';
import type { Law } from '../../model/law.ts';
import { type Flavour, RESOURCES, type Resources } from '../../model/resources.ts';
import type { NodePool } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import { delayed } from './detectors.ts';
import { count, size, text, time } from './parsers.ts';
import { Entries } from './types.ts';

/** A flavour, and what its disk adds to the time to spawn, seconds. */
export interface ReadFlavour {
  readonly flavour: Flavour;
  readonly boot: number;
}

/** Disk that the time to spawn includes, MB. */
const INCLUDED_DISK = 1000;

/** Flavours of the file and of the catalogue; each is read once. */
export class Flavours {
  readonly #root: Section;
  readonly #entries: Entries;
  readonly #read = new Map<string, ReadFlavour | undefined>();

  constructor(root: Section) {
    this.#root = root.at('catalogue').at('flavours');
    this.#entries = new Entries(this.#root, FLAVOURS, 'flavour', ['vcpus']);
  }

  /** The flavour `id`; undefined, and a problem at `from`, if there is none. */
  find(id: string, from: Section): ReadFlavour | undefined {
    const tree = this.#entries.find(id, from);
    if (!this.#read.has(id)) {
      this.#read.set(
        id,
        tree === undefined ? undefined : readFlavour(id, this.#root.at(id), this.#root.at(id).with(tree)),
      );
    }
    return this.#read.get(id);
  }

  /** Reads the own flavours that no group uses, for their problems. */
  checkUnused(): void {
    for (const part of this.#entries.own) {
      if (this.#read.has(part.key)) continue;
      this.find(part.key, part.muted);
      part.problem('unused-flavour', 'no group uses this flavour', undefined, { level: 'warning', part: 'key' });
    }
  }
}

function readFlavour(id: string, own: Section, part: Section): ReadFlavour {
  own.optional('base', text);
  for (const name of RESOURCES) {
    if (!part.has(name))
      part.problem('missing-key', `a flavour needs ${RESOURCES.join(', ')}, or a base`, undefined, { part: 'key' });
  }
  const disk = part.required('disk', size, 1);
  const perGb = part.defaulted('bootPerGb', time, DEFAULTS.flavour.bootPerGb, disk > INCLUDED_DISK);
  return {
    flavour: { id, vcpus: part.required('vcpus', count(1), 1), memory: part.required('memory', size, 1), disk },
    boot: (perGb * Math.max(0, disk - INCLUDED_DISK)) / 1000,
  };
}

/** What one node has for flavours; absent: nothing is short. */
export function readCapacity(part: Section): Partial<Resources> | undefined {
  if (!part.exists) return undefined;
  const vcpus = part.optional('vcpus', count(1));
  const memory = part.optional('memory', size);
  const disk = part.optional('disk', size);
  return {
    ...(vcpus === undefined ? {} : { vcpus }),
    ...(memory === undefined ? {} : { memory }),
    ...(disk === undefined ? {} : { disk }),
  };
}

/** Durations of a group whose members have a disk to copy before they boot. */
export function withBoot(times: Readonly<Record<string, Law>>, boot: number): Readonly<Record<string, Law>> {
  const spawn = times['spawn'];
  return spawn === undefined || boot === 0 ? times : { ...times, spawn: delayed(spawn, boot) };
}

/** Members of the flavour that one node of the pool holds by its capacity; Infinity where nothing is short. */
export function membersOn(pool: NodePool, flavour: Flavour | undefined): number {
  if (flavour === undefined) return Number.POSITIVE_INFINITY;
  return Math.min(
    ...RESOURCES.map((name) => Math.floor((pool.capacity?.[name] ?? Number.POSITIVE_INFINITY) / flavour[name])),
  );
}
