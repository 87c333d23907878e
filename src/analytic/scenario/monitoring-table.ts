import { type Law, mean } from '../../model/law.ts';
import type { Detector, Group, Scenario } from '../../model/scenario.ts';
import type { Cell, Table } from '../../model/table.ts';

/**
 * Who watches the members of each group: how soon, in which loop, from when on, what of them it does not see, and what
 * its looks cost on each target, in all and on each node that hosts targets (B-98).
 */
export function monitoringTable(scenario: Scenario): Table {
  const rows = Object.entries(scenario.groups).flatMap(([id, group]) =>
    watching(group).map((detector): readonly Cell[] => {
      const { latency, loop, delay, unseen = [], needs } = detector;
      const looks = looksPerSecond(latency);
      const nodes = nodesOf(scenario, group);
      return [
        id,
        detector.id,
        loop?.id ?? null,
        group.members,
        lowest(latency),
        mean(latency),
        delay === undefined ? null : mean(delay),
        unseen.join(' ') || null,
        needs.join(' ') || null,
        looks,
        looks === null ? null : looks * group.members,
        looks === null || nodes === 0 ? null : (looks * group.members) / nodes,
      ];
    }),
  );
  const loops = Object.entries(scenario.monitoring ?? {}).map(
    ([id, loop]) =>
      `Loop ${id} of ${loop.in}: ${loop.members + loop.others} targets, one round takes ${loop.period} s (SEM-17).`,
  );
  return {
    format: 'carriergrade/table/1',
    name: 'monitoring',
    title: `Who watches what: ${scenario.name}`,
    columns: [
      { name: 'Group' },
      { name: 'Detector' },
      { name: 'Loop' },
      { name: 'Members' },
      { name: 'From', unit: 's', decimals: 3 },
      { name: 'Mean', unit: 's', decimals: 3 },
      { name: 'Blind', unit: 's', decimals: 2 },
      { name: 'Does not see' },
      { name: 'Needs' },
      { name: 'Looks per target', unit: '1/s', decimals: 4 },
      { name: 'In all', unit: '1/s', decimals: 4 },
      { name: 'Per node', unit: '1/s', decimals: 4 },
    ],
    rows,
    notes: [
      'From, Mean: fault to detected when everything needed is there; Blind: start of an instance to the first look.',
      ...loops,
    ],
  };
}

function watching({ detection }: Group): readonly Detector[] {
  return [...detection.detectors, ...(detection.confirm === undefined ? [] : [detection.confirm])];
}

/** Looks at a target per second: who looks periodically is surprised by a fault at any time between two looks. */
function looksPerSecond(latency: Law): number | null {
  return latency.kind === 'probe' && latency.high > latency.low ? 1 / (latency.high - latency.low) : null;
}

function lowest(latency: Law): number | null {
  return latency.kind === 'probe' ? latency.low : latency.kind === 'deterministic' ? latency.value : null;
}

/** Nodes that may host members of the group; 0: none are modelled. */
function nodesOf({ sites }: Scenario, { placement }: Group): number {
  return placement.pools.reduce((sum, pool) => {
    const at = pool.lastIndexOf('/');
    return sum + (sites[pool.slice(0, at)]?.nodes[pool.slice(at + 1)]?.count ?? 0);
  }, 0);
}
