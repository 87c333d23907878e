/**
 * Where a fault is, from which path probes fail (B-95, SEM-20b): host or switch? A probe goes from a node over one of its
 * links to a leaf, and over one uplink to a spine.
 */
export interface Probe {
  readonly node: string;
  readonly link: string;
  readonly leaf: string;
  /** Absent where the leaf has no spine above it. */
  readonly uplink?: string;
  readonly spine?: string;
}

export const REGIONS = ['node', 'leaf', 'spine', 'link'] as const;
export type Region = (typeof REGIONS)[number];

export interface Verdict {
  readonly region: Region;
  readonly name: string;
}

/**
 * The verdict over the failed probes, undefined when none failed: the one part all of whose probes fail that explains the
 * most; the first kind of REGIONS where several explain the same. Without the aggregation point each node knows its own
 * probes alone, and the guess is the node.
 */
export function localise(
  probes: readonly Probe[],
  failed: (probe: Probe, index: number) => boolean,
  aggregated = true,
): Verdict | undefined {
  const lost = new Set<Probe>(probes.filter(failed));
  const [first] = lost;
  if (first === undefined) return undefined;
  if (!aggregated) return { region: 'node', name: first.node };
  const parts = new Map<string, { region: Region; name: string; probes: number; lost: number }>();
  for (const probe of probes) {
    for (const [region, name] of partsOf(probe)) {
      const key = `${region} ${name}`;
      const part = parts.get(key) ?? { region, name, probes: 0, lost: 0 };
      part.probes++;
      if (lost.has(probe)) part.lost++;
      parts.set(key, part);
    }
  }
  let best: { region: Region; name: string; lost: number } | undefined;
  for (const part of parts.values()) {
    if (part.lost < part.probes) continue;
    const rank = (region: Region): number => REGIONS.indexOf(region);
    if (best === undefined || part.lost > best.lost) best = part;
    else if (part.lost === best.lost && rank(part.region) < rank(best.region)) best = part;
  }
  return best === undefined ? undefined : { region: best.region, name: best.name };
}

function partsOf({ node, link, leaf, uplink, spine }: Probe): readonly (readonly [Region, string])[] {
  const access = [
    ['node', node],
    ['link', link],
    ['leaf', leaf],
  ] as const;
  if (uplink === undefined || spine === undefined) return access;
  return [...access, ['link', uplink], ['spine', spine]];
}

/**
 * Chance of each verdict (columns, in the order of REGIONS) for a fault in each region (rows) when localisation is right
 * with probability `accuracy` and else picks one of the other regions, each alike (SEM-20).
 */
export function confusionMatrix(accuracy: number): readonly (readonly number[])[] {
  const wrong = (1 - accuracy) / (REGIONS.length - 1);
  return REGIONS.map((truth) => REGIONS.map((verdict) => (verdict === truth ? accuracy : wrong)));
}
