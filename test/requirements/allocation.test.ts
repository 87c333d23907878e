import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, buildTable, readDiagram, solveStructure, spof } from '../../src/index.ts';
import { readExample } from '../core/support/files.ts';
import { shortRun, trace } from './support.ts';

/** Rows B-34 to B-56: block diagrams, chains, allocation and targets, each by its own statement of acceptance. */
const solve = (text: string) =>
  solveStructure(readDiagram(`format: carriergrade/diagram/1\ndiagram: ${text}\n`).structure).top;

const column = (name: string, title: RegExp): { rows: readonly (readonly unknown[])[]; at: number } => {
  const { columns, rows } = buildTable(name);
  return { rows, at: columns.findIndex((heading) => title.test(String(heading))) };
};

describe('acceptance: block diagrams', () => {
  it('B-34, B-35: three blocks of five nines in series: 946.07 s a year (NC-03)', () => {
    const block = (name: string): string => `{ name: ${name}, availability: 99.999 % }`;
    const top = solve(`{ series: [${['vnf', 'nfvi', 'mano'].map(block)}] }`);
    expect(top.dpm).toBeCloseTo(946.0705392, 6);
  });

  it('B-36, B-37: an anti-affine pair in series with what is shared: 0.999997000003, 94.61 s a year (NC-06)', () => {
    const top = solve(
      '{ series: [{ parallel: [{ name: n1, availability: 99.9 % }, { name: n2, availability: 99.9 % }] }, { name: shared, availability: 99.9999 % }, { name: mano, availability: 99.9999 % }] }',
    );
    expect(top.availability).toBeCloseTo(0.999997000003, 12);
    expect(top.nines).toBeCloseTo(5.52, 2);
    expect(top.dpm).toBeCloseTo(94.61, 2);
  });

  it('B-38: an ideal diagram is the most a system can reach, and the gap has names', async () => {
    const { services, analytic } = await shortRun('active-standby', undefined, 20);
    const { terms } = analytic.services['voice']!;
    const named = terms!.map(({ name }) => name).join();
    for (const what of ['uncovered faults', 'failed failover', 'covered failover', 'second failure', 'control path']) {
      expect(named).toContain(what);
    }
    const secondFailure = terms!.find(({ name }) => name.endsWith('second failure'))!.dpm;
    expect(services['voice']!.dpm.all.lo).toBeGreaterThan(secondFailure);
  });

  it('B-39: five and ten stages of 0.999 pairs: 5.301 and 5.000002 nines (NC-15)', () => {
    const { services } = analyse(readExample('multi-cloud-chain'));
    const nines = (id: string): number => -Math.log10(services[id]!.conditional.unavailability!);
    expect(nines('five-stages')).toBeCloseTo(5.301, 3);
    expect(nines('ten-stages')).toBeCloseTo(5.000002, 6);
  });

  it('B-40: three independent clouds in series: 946.07 s of five nines each, 94.61 of six (NC-40)', () => {
    const dpm = (variant?: string): number =>
      analyse(readExample('multi-cloud-chain', variant)).services['end-to-end']!.conditional.dpm!;
    expect(dpm()).toBeCloseTo(946.07, 2);
    expect(dpm('six-nines')).toBeCloseTo(94.61, 2);
  });

  it('B-42: no chain is more available than its weakest element', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-9, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 8 }), (all) => {
        const blocks = all.map((u, i) => `{ name: b${i}, unavailability: ${u} }`);
        expect(solve(`{ series: [${blocks}] }`).unavailability).toBeGreaterThanOrEqual(Math.max(...all) * (1 - 1e-12));
      }),
      { seed: 42, numRuns: 50 },
    );
    const { services } = analyse(readExample('multi-cloud-chain', 'weak-element'));
    expect(-Math.log10(services['ten-elements']!.conditional.unavailability!)).toBeCloseTo(3.96, 2);
  });

  it('B-41, B-43: nines and downtime of chains of equal elements', () => {
    expect(buildTable('chain-nines').rows.length).toBeGreaterThan(5);
    expect(buildTable('chain-dpm').rows.length).toBe(buildTable('chain-nines').rows.length);
  });
});

describe('acceptance: allocation', () => {
  it('B-44: 315.36 s over five buckets: 31.54, 31.54, 31.54, 157.68, 63.07 (NC-08)', () => {
    const { rows, at } = column('allocation', /./);
    expect(at).toBe(0);
    const printed = rows.flat().map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : String(cell)));
    for (const value of ['31.54', '157.68', '63.07', '3.15', '15.77', '6.31']) expect(printed).toContain(value);
  });

  it('B-45, B-46: weighted by impact and repair time: 80.61, 8.01, 11.01, 0.37 % (NC-10, NC-11)', () => {
    const numbers = buildTable('enisa')
      .rows.flat()
      .filter((cell): cell is number => typeof cell === 'number')
      .map((value) => value.toFixed(2));
    for (const share of ['80.61', '8.01', '11.01', '0.37']) expect(numbers).toContain(share);
  });
});

describe('acceptance: failover targets', () => {
  const interruption = (variant: string, script: string): number =>
    trace('leaf-spine', variant, script).services['guests']!.outageSeconds;

  it('B-48: 50 ms need a path computed and resources allocated beforehand; without, their time is added', () => {
    expect(interruption('dual-homed', 'spine')).toBeCloseTo(0.05, 9);
    expect(interruption('no-precomputed-path', 'spine')).toBeCloseTo(0.05 + 0.2, 9);
    expect(interruption('no-preallocated-resources', 'spine')).toBeCloseTo(0.05 + 1, 9);
  });

  it('B-49: a fabric of 1 s makes interruptions of 1 s, however fast the metro is (NC-30)', () => {
    expect(interruption('ten-ms', 'spine')).toBeCloseTo(0.01, 9);
    expect(interruption('one-second', 'spine')).toBeCloseTo(1, 9);
  });

  it('B-51: primary and backup path over the same leaf are found', () => {
    const { warnings } = readExample('leaf-spine', 'mis-cabled');
    expect(warnings.map(({ message }) => message).join()).toMatch(/leaf-1/);
    expect(spof(readExample('leaf-spine', 'mis-cabled')).services['first-node']!.single).toContain('core/leaf-1');
  });

  it('B-53: what each probability is worth, and how many trials demonstrate it (NC-27)', () => {
    const trials = buildTable('sample-sizes').rows.flat();
    for (const count of [299, 2995, 29_956, 299_572]) expect(trials).toContain(count);
  });
});
