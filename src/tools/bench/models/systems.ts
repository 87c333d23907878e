/**
 * A service over many pairs: independent units in parallel, active-standby pairs on hosts with a controller and crews that
 * they share, or the same on a leaf-spine fabric. A pair alone is down some 10⁻⁹ of the time.
 */
export interface ManyPairs {
  readonly kind: 'units' | 'hosts' | 'fabric';
  readonly pairs: number;
}

/** Mean time between failures of a unit, and its mean time to repair, h. */
export const UNIT = { mtbf: 126_491, repair: 4 } as const;

const list = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i + 1)).join(', ');

/** The scenario as text: services `any` (one pair of all or more is down), `two` (at least two are) and `one` (the first is). */
export function manyPairs({ kind, pairs }: ManyPairs): string {
  return `format: carriergrade/scenario/1
name: ${kind}-${pairs}
simulation: { seed: k1, years: 1, histories: 2 }
${kind === 'units' ? units(pairs) : cloud(kind, pairs)}`;
}

function units(pairs: number): string {
  const pair = (i: number): string => `{ any: [a-${i}, b-${i}] }`;
  const failures = `{ hw: { mtbf: ${UNIT.mtbf} h, repair: { lognormal: { mean: ${UNIT.repair} h, cv: 1 } }, policy: crew } }`;
  return `repair: { crew: { crews: unlimited, dispatch: fault } }
elements:
  a: { kind: unit, count: ${pairs}, failures: ${failures} }
  b: { kind: unit, count: ${pairs}, failures: ${failures} }
services:
  any: { structure: { all: [${list(pairs, pair)}] }, minOutageThreshold: 0 s }
  two: { structure: { atLeast: ${pairs - 1}, of: [${list(pairs, pair)}] }, minOutageThreshold: 0 s }
  one: { structure: ${pair(1)}, minOutageThreshold: 0 s }
`;
}

/** A cloud on a fabric whose crews are never short: `services` of its pairs, all over its racks, are a service each. */
export interface RackCloud {
  readonly nodes: number;
  readonly services: number;
}

/** The scenario as text; services `line-1` … */
export function rackCloud({ nodes, services }: RackCloud): string {
  const pairs = nodes / 2;
  const step = Math.floor(pairs / services);
  const line = (i: number): string => `  line-${i + 1}: { uses: [vm-${i * step + 1}], minOutageThreshold: 0 s }`;
  const all = cloud('fabric', pairs).replace('crews: 2,', 'crews: unlimited,');
  return `format: carriergrade/scenario/1
name: racks-${nodes}
simulation: { seed: k1, years: 1, histories: 2 }
${all.slice(0, all.indexOf('services:'))}services:
${Array.from({ length: services }, (_, i) => line(i)).join('\n')}
`;
}

/** Nodes of a pair of leaves. */
const NODES_PER_LEAF_PAIR = 40;

function cloud(kind: ManyPairs['kind'], pairs: number): string {
  const leafPairs = Math.max(2, Math.ceil((2 * pairs) / NODES_PER_LEAF_PAIR));
  const fabric = kind === 'fabric' ? `\n    fabric: { spines: 4, leafPairs: ${leafPairs} }` : '';
  const level = kind === 'fabric' ? 'leaf-pair' : 'node';
  const failures = `{ os: { mtbf: 43800 h, restart: { uniform: [5 min, 15 min] } }, hw: { mtbf: 438000 h, repair: { lognormal: { mean: 4 h, cv: 1 } }, policy: crew } }`;
  return `repair: { crew: { crews: 2, dispatch: fault } }
control:
  functions:
    mano: { failures: { outage: { mtbf: 20000 h, restart: { lognormal: { mean: 30 min, cv: 1 } } } } }
sites:
  core:${fabric}
    nodes: { host: { count: ${2 * pairs}, slots: 1, failures: ${failures} } }
catalogue:
  detectors: { heartbeat: { kind: law, latency: 10 ms } }
  flows:
    vm-pair:
      title: Failover and replacement in one step each, both by the controller
      remediation:
        - { id: failover, by: mano, duration: failover, needs: [mano], success: switch, onFailure: manual, reason: switch-failed, effects: [connect], mark: restored, phase: remediation }
      recovery:
        - { id: replace, by: mano, duration: replace, needs: [mano], effects: [sync], mark: redundant, phase: recovery }
groups:
  vm:
    count: ${pairs}
    instance: { guest: { failures: { os: { mtbf: 100000 h } } } }
    placement: { pools: [core/host], replacement: in-place, antiAffinity: { level: ${level}, hard: true } }
    flow: vm-pair
    times:
      failover: 40 ms
      replace: { shift: 2 min, law: { weibull: { mean: 5 min, shape: 1.5 } } }
      manualRestore: { lognormal: { mean: 1 h, cv: 0.8 } }
    probabilities: { switch: 100 % }
    state: { stateful: false }
    retry: 0 s
    manualEscalation: never
    detection:
      detectors: [heartbeat]
      coverage: 100 %
      standby: { coverage: 100 %, latency: 1 min, revealedByFailover: false }
    recovery: { starts: detected, concurrency: unlimited, takeover: failover }
services:
  any: { structure: { all: [vm] }, minOutageThreshold: 0 s }
  two: { structure: { atLeast: ${pairs - 1}, of: [vm] }, minOutageThreshold: 0 s }
  one: { uses: [vm-1], minOutageThreshold: 0 s }
`;
}
