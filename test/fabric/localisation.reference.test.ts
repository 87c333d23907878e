import { describe, expect, test } from 'vitest';
import { confusionMatrix, localise, type Probe, REGIONS } from '../../src/model/localisation.ts';

/** Two leaves with two dual-homed nodes, one with two single-homed ones; two spines. */
const homes: Readonly<Record<string, readonly string[]>> = {
  n1: ['l1', 'l2'],
  n2: ['l1', 'l2'],
  n3: ['l3'],
  n4: ['l3'],
};
const probes: readonly Probe[] = Object.entries(homes).flatMap(([node, leaves]) =>
  leaves.flatMap((leaf) =>
    ['s1', 's2'].map((spine): Probe => ({ node, link: `${node}-${leaf}`, leaf, uplink: `${leaf}-${spine}`, spine })),
  ),
);
const crosses = (part: string) => (probe: Probe) => Object.values(probe).includes(part);

describe('reference: truth table host against switch (SEM-20b)', () => {
  test.each([
    ['all nodes of a leaf are unreachable over it', 'l1', 'leaf l1'],
    ['all nodes of a leaf of single-homed nodes', 'l3', 'leaf l3'],
    ['a share of the flows of all nodes', 's2', 'spine s2'],
    ['one node over all its paths', 'n1', 'node n1'],
    ['one single-homed node over its only path', 'n3', 'node n3'],
    ['one node over one of its paths', 'n1-l1', 'link n1-l1'],
    ['the only path of a single-homed node cannot be told from the node', 'n3-l3', 'node n3'],
    ['one uplink of a leaf', 'l2-s1', 'link l2-s1'],
  ])('%s', (_name, part, verdict) => {
    const found = localise(probes, crosses(part));
    expect(`${found?.region} ${found?.name}`).toBe(verdict);
  });

  test('no failed probe is no fault', () => {
    expect(localise(probes, () => false)).toBeUndefined();
  });

  test('without the aggregation point every fault looks like one of a node (B-95)', () => {
    for (const part of ['l1', 's2', 'n1', 'n1-l1']) expect(localise(probes, crosses(part), false)?.region).toBe('node');
  });

  test('of two faults the larger one is found first', () => {
    const found = localise(probes, (probe) => crosses('l1')(probe) || crosses('n3')(probe));
    expect(found).toEqual({ region: 'leaf', name: 'l1' });
  });
});

describe('reference: confusion of regions (B-04, SEM-20)', () => {
  test('at accuracy 1 every fault is found where it is', () => {
    const truths = { node: 'n1', leaf: 'l1', spine: 's1', link: 'n1-l1' };
    expect(confusionMatrix(1)).toEqual(REGIONS.map((truth) => REGIONS.map((verdict) => (truth === verdict ? 1 : 0))));
    for (const region of REGIONS) expect(localise(probes, crosses(truths[region]))?.region).toBe(region);
  });

  test('below it the rest is spread over the other regions', () => {
    const rows = confusionMatrix(0.97);
    expect(rows[0]![0]).toBe(0.97);
    expect(rows[0]![1]).toBeCloseTo(0.01, 12);
    for (const row of rows) expect(row.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
  });
});
