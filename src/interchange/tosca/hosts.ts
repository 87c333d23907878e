import { NODE_SLOTS } from './sizes.ts';

type Level = 'none' | 'node' | 'rack' | 'site';

interface Pool {
  /** Members that must not share a node. */
  apart: number;
  slots: number;
  /** Slots of the largest member. */
  largest: number;
  zones: number;
}

/** Sites and pools that the members need; descriptors tell nothing of them but names. */
export class Hosts {
  readonly #sites = new Map<string, Map<string, Pool>>();

  /** Pools for `members` of `slots` slots each that are kept apart at `level`; asks for one place more than needed. */
  place(site: string, pool: string, members: number, slots: number, level: Level): readonly string[] {
    const sites =
      level === 'site'
        ? Array.from(
            { length: members + 1 },
            (_, i) => `${site}-${String.fromCharCode(97 + (i % 26))}${i < 26 ? '' : Math.floor(i / 26)}`,
          )
        : [site];
    for (const id of sites) {
      const known = this.#pool(id, pool);
      known.slots += members * slots;
      known.largest = Math.max(known.largest, slots);
      if (level === 'node') known.apart = Math.max(known.apart, members);
      if (level === 'rack') {
        known.zones = Math.max(known.zones, members + 1);
        known.apart = Math.max(known.apart, members);
      }
    }
    return sites.map((id) => `${id}/${pool}`);
  }

  #pool(site: string, pool: string): Pool {
    const pools = this.#sites.get(site) ?? new Map<string, Pool>();
    this.#sites.set(site, pools);
    const known = pools.get(pool) ?? { apart: 0, slots: 0, largest: 1, zones: 0 };
    pools.set(pool, known);
    return known;
  }

  /** The `sites` section. */
  sites(): Readonly<Record<string, unknown>> {
    const sites: Record<string, unknown> = {};
    for (const [site, pools] of this.#sites) {
      const nodes: Record<string, unknown> = {};
      const zones = Math.max(...[...pools.values()].map((pool) => pool.zones));
      for (const [id, pool] of pools) {
        const slots = Math.max(NODE_SLOTS, pool.largest);
        const count = Math.max(
          2,
          pool.apart + 1,
          pool.zones,
          Math.ceil(pool.slots / (Math.floor(slots / pool.largest) * pool.largest)) + 1,
        );
        nodes[id] = {
          type: 'compute-node',
          count,
          ...(slots === NODE_SLOTS ? {} : { slots }),
          ...(pool.zones === 0 ? {} : { domains: zoneNames(pool.zones) }),
        };
      }
      const domains = Object.fromEntries(zoneNames(zones).map((zone) => [zone, { kind: 'rack' }]));
      sites[site] = { ...(zones === 0 ? {} : { domains }), nodes };
    }
    return sites;
  }
}

const zoneNames = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `zone-${i + 1}`);
