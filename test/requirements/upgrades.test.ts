import { describe, expect, it } from 'vitest';
import { inject, render, simulate } from '../../src/index.ts';
import { InputError } from '../../src/model/problem.ts';
import type { BudgetLine, Result } from '../../src/model/result.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { readExample } from '../core/support/files.ts';
import { finished } from './support.ts';

const FILE = 'upgrade-campaign';

async function run(variant: string | undefined, histories = 20, ...set: readonly string[]): Promise<Result> {
  return simulate(readExample(FILE, variant, set), { years: 2, histories, method: 'histories' });
}

const budget = ({ upgrades }: Result, of: string, measure: BudgetLine['measure']): BudgetLine =>
  upgrades!.budgets.find((each) => each.of === of && each.measure === measure)!;

/** Downtime and lost redundancy of the pair a year, with their verdicts. */
async function figures(variant: string | undefined): Promise<readonly [number, string, number, string]> {
  const result = await run(variant);
  const downtime = budget(result, 'voice', 'downtime');
  const redundancy = budget(result, 'sbc', 'degraded redundancy');
  return [downtime.estimate.value, downtime.verdict, redundancy.estimate.value, redundancy.verdict];
}

/** Codes of the problems with the file after the changes. */
function problems(...set: readonly string[]): readonly string[] {
  try {
    readExample(FILE, undefined, set);
    return [];
  } catch (error) {
    if (error instanceof InputError)
      return error.problems.filter(({ level }) => level === 'error').map(({ code }) => code);
    throw error;
  }
}

describe('reference: S-14, what every way of upgrading a pair costs a year (B-76, B-78, B-82)', () => {
  it.each([
    ['graceful-standby-first', 12 * 0.1, 'pass', 12 * 2 * (1200 + 30), 'fail'],
    ['graceful-active-first', 12 * 2 * 0.1, 'pass', 12 * 2 * (1200 + 30), 'fail'],
    ['live-migrate', 12 * 0.5, 'fail', 12 * 2 * 0.5, 'pass'],
    ['make-before-break', 12 * 0.1, 'pass', 0, 'pass'],
    ['sr-iov', 12 * 0.1, 'pass', 12 * 2 * (1200 + 30), 'fail'],
    ['sr-iov-recreate', 12 * 0.1, 'pass', 12 * 2 * (70 + 30), 'fail'],
    ['sr-iov-recreate-yearly', 0.1, 'pass', 2 * (70 + 30), 'pass'],
  ])('%s', async (variant, downtime, verdict, redundancy, redundancyVerdict) => {
    const [seconds, kept, lost, whole] = await figures(variant);
    expect(seconds).toBeCloseTo(downtime, 6);
    expect(lost).toBeCloseTo(redundancy, 6);
    expect([kept, whole]).toEqual([verdict, redundancyVerdict]);
  });

  it('forced: detection, activation, takeover, once per campaign: 12 × 1.5 s', async () => {
    const [seconds, verdict] = await figures('forced');
    expect(seconds).toBeCloseTo(18, 6);
    expect(verdict).toBe('fail');
  });

  it('live migration to any node: 6 s times the moves, 10.1 s', async () => {
    const result = await run('live-migrate-naive', 400);
    const { lo, hi } = budget(result, 'voice', 'downtime').estimate;
    expect(lo).toBeLessThan(6 * naiveMoves(10));
    expect(hi).toBeGreaterThan(6 * naiveMoves(10));
    expect(6 * naiveMoves(10)).toBeCloseTo(10.1, 1);
  });
});

/** Moves per member when each of n nodes is emptied in turn onto any other: ((n−1)/n)·((n/(n−1))^n − 1). */
const naiveMoves = (n: number): number => ((n - 1) / n) * ((n / (n - 1)) ** n - 1);

/** The same by following where a member may be, node by node. */
function movesByEnumeration(n: number): number {
  const at = new Float64Array(n).fill(1 / n);
  let moves = 0;
  for (let node = 0; node < n; node++) {
    const leaving = at[node]!;
    moves += leaving;
    for (let other = 0; other < n; other++) at[other] = other === node ? 0 : at[other]! + leaving / (n - 1);
  }
  return moves;
}

describe('acceptance: upgrades', () => {
  it('B-05, B-86: a container is upgraded as a virtual machine is, and is built anew in its own time', async () => {
    const [, , machines] = await figures('sr-iov-recreate');
    const [seconds, verdict, containers] = await figures('containers');
    expect(seconds).toBeCloseTo(1.2, 6);
    expect(verdict).toBe('pass');
    expect(machines - containers).toBeCloseTo(12 * 2 * (60 - 5), 6);
  });

  it('B-05: containers start and are watched in ways of their own, and reports split by runtime', async () => {
    const { scenario } = readScenario(`format: carriergrade/scenario/1
name: two-runtimes
simulation: { seed: k1, years: 2, histories: 20 }
sites: { core: { nodes: { compute: { count: 4, slots: 2 } } } }
groups:
  machine: { scheme: simplex, instance: { guest: { type: vm, failures: { os: ~ } } }, placement: { pools: [core/compute] }, state: { stateful: false } }
  pod: { scheme: simplex, instance: { guest: { type: container, failures: { runtime: ~ } } }, placement: { pools: [core/compute] }, state: { stateful: false } }
services: { all: { uses: [machine, pod] } }
upgrades: { monthly: { targets: [core/compute], mode: cold, nodeTime: 1200 s } }
`);
    const { machine, pod } = scenario.groups;
    expect([machine!.runtime, pod!.runtime]).toEqual([undefined, 'container']);
    expect([machine!.times['spawn'], pod!.times['spawn']]).toEqual(
      [60, 5].map((value) => ({ kind: 'deterministic', value })),
    );
    const detectors = ({ detection }: typeof pod & object): readonly string[] =>
      detection.detectors.map(({ id }) => id);
    expect([detectors(machine!), detectors(pod!)]).toEqual([['tacker-ping'], ['kubelet-probe', 'node-lease']]);
    const result = await simulate({ scenario, digest: '' }, { years: 2, histories: 20, method: 'histories' });
    // Nothing fails by itself: each campaign builds each of them anew once, in its own time.
    const { vm, container } = result.runtimes!;
    const perYear = 12 * (5 + 60 + 5);
    expect(vm!.downSecondsPerYear.value).toBeCloseTo(perYear, 6);
    expect(container!.downSecondsPerYear.value).toBeCloseTo(12 * (5 + 5 + 1), 6);
    for (const each of [vm!, container!]) {
      expect(each.groups).toBe(1);
      expect(each.upgradeDownSecondsPerYear.value).toBeCloseTo(each.downSecondsPerYear.value, 6);
    }
    const both = vm!.downSecondsPerYear.value + container!.downSecondsPerYear.value;
    expect(result.services['all']!.dpm.all.value).toBeCloseTo(both, 6);
    expect(result.groups['pod']!.downSecondsPerYear.value).toBeCloseTo(container!.downSecondsPerYear.value, 6);
    const printed = await render(result, { format: 'table' });
    expect(printed).toMatch(/By runtime[\s\S]*vm[\s\S]*container/);
    // Scenarios of virtual machines alone say nothing of it.
    expect((await run(undefined, 2)).runtimes).toBeUndefined();
  });

  it('B-76: one line per budget and per service or group, with its verdict; targets can gate both', async () => {
    const { upgrades, targets } = await run(undefined);
    expect(upgrades!.budgets.map(({ budget, of, limitSecondsPerYear }) => [budget, of, limitSecondsPerYear])).toEqual([
      ['critical', 'voice', 3],
      ['critical', 'control-plane', 3],
      ['degraded', 'sbc', 300],
    ]);
    expect(targets.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['upgradeDowntime', 'pass'],
      ['redundancyLoss', 'fail'],
    ]);
    const storage = await run(undefined, 20, 'upgrades.monthly.storage=true', 'upgrades.monthly.impact=Major');
    expect(budget(storage, 'sbc', 'degraded redundancy').limitSecondsPerYear).toBe(1800);
    expect(budget(storage, 'voice', 'downtime').limitSecondsPerYear).toBe(15);
  });

  it('B-77: the budget of one update is that of the year over its updates (NC-12)', async () => {
    const line = budget(await run(undefined), 'voice', 'downtime');
    expect(line.perUpdateSeconds.limit).toBe(0.25);
    expect(line.perUpdateSeconds.value).toBeCloseTo(0.1, 9);
  });

  it('B-78: redundancy that is missing is measured beside downtime, and is none', async () => {
    const { services, upgrades } = await run('live-migrate');
    expect(upgrades!.groups['sbc']!.redundancyLossSecondsPerYear.value).toBeCloseTo(12, 6);
    expect(services['voice']!.dpm.all.value).toBeCloseTo(6, 6);
  });

  it('B-79: control services bring the class of their own upgrade', () => {
    const impactOf = (name: string): string => {
      const text = `format: carriergrade/scenario/1\ncontrol: { functions: { ${name}: { instances: 3, quorum: 2, failures: {} } } }\nelements: { unit: { failures: { f: { rate: 1 / year, restart: 1 h } } } }\nservices: { s: { uses: [unit] } }\nupgrades: { u: { targets: [${name}] } }\n`;
      return readScenario(text, { file: 'control.yaml' }).scenario.upgrades!['u']!.impact;
    };
    expect(impactOf('glance')).toBe('Minor');
    expect(impactOf('keystone')).not.toBe('Critical');
    expect(impactOf('own-function')).toBe('Critical');
  });

  it('B-81: of three control nodes one at a time keeps the quorum, two at a time lose it', async () => {
    expect((await run(undefined)).services['control-plane']!.dpm.all.value).toBe(0);
    const { services } = await run('control-batch-2');
    expect(services['control-plane']!.dpm.all.value).toBeCloseTo(12 * 1200, 6);
    expect(services['control-plane']!.plannedDpm).toBeCloseTo(12 * 1200, 6);
  });

  it('B-82: guests bound to hardware are not migrated; without a fallback the file is refused', async () => {
    const { upgrades } = await run('sr-iov');
    expect(upgrades!.groups['sbc']!.movesPerMember).toBe(0);
    const sriov = ['upgrades.monthly.mode=migrate', 'groups.sbc.passthrough=true'];
    expect(problems(...sriov)).toEqual([]);
    expect(problems(...sriov, 'upgrades.monthly.fallback=none')).toContain('infeasible-upgrade');
  });

  it('B-83: one move per member when upgraded nodes come first, 1.68 when any will do (NC-23)', async () => {
    for (const [n, moves] of [
      [3, 1.583],
      [10, 1.681],
      [100, 1.715],
    ] as const) {
      expect(naiveMoves(n)).toBeCloseTo(moves, 3);
      expect(movesByEnumeration(n)).toBeCloseTo(naiveMoves(n), 12);
    }
    expect((await run('live-migrate')).upgrades!.groups['sbc']!.movesPerMember).toBe(1);
    const naive = (await run('live-migrate-naive', 400)).upgrades!.groups['sbc']!.movesPerMember!;
    // 400 histories of 2 years, 12 campaigns and 2 members; moves have a standard deviation of about 0.9.
    expect(Math.abs(naive - naiveMoves(10))).toBeLessThan((4 * 0.9) / Math.sqrt(400 * 2 * 12 * 2));
  });

  it('B-83: the copy degrades a guest and is no downtime', async () => {
    const { upgrades } = await run('live-migrate');
    expect(upgrades!.groups['sbc']!.degradedSecondsPerYear.value).toBeCloseTo(12 * 2 * 60 * 0.1, 6);
  });

  it.each([
    'graceful-standby-first',
    'graceful-active-first',
    'live-migrate',
    'make-before-break',
    'forced',
    'sr-iov-recreate',
  ])('B-84: %s loses no state', async (variant) => {
    expect((await run(variant)).upgrades!.groups['sbc']!.stateLossEvents).toBe(0);
  });

  it('B-85: a wrong order is refused; run all the same, what lacks a version is out until the other one has it', async () => {
    expect(readExample(FILE, 'wrong-order').scenario.upgrades!['control-monthly']!.constraints).toEqual([[1, 0]]);

    expect(
      problems(
        'upgrades.control-monthly.targets=[core/control-1, core/control-2]',
        'upgrades.control-monthly.order=listed',
        'upgrades.control-monthly.constraints=[{upgrade: core/control-1, after: core/control-2}]',
      ),
    ).toEqual(['wrong-order']);
    const { services } = await run('wrong-order');
    // Each waits for the other's 1 200 s on top of its own, and two of three are out meanwhile.
    expect(services['control-plane']!.dpm.all.value).toBeCloseTo(12 * 1200, 6);
  });

  it('B-85: versions that do not work side by side need their whole function out at a time', () => {
    const target = 'upgrades.control-monthly.targets=[vim]';
    const versions = (more: string): string => `upgrades.control-monthly.versions={from: 16, to: 17${more}}`;
    expect(problems(target, versions(''))).toContain('incompatible-versions');
    expect(problems(target, versions(', compatible: [16 17]'))).toEqual([]);
  });

  it('FL-18 c: one planned switchover, one node after the other, in the trace', () => {
    const trace = inject(readExample(FILE), [{ at: 0, element: 'monthly' }]);
    const names = finished(trace).map(({ step }) => step);
    expect(names.filter((name) => name === 'take-out')).toHaveLength(10);
    expect(names.filter((name) => name === 'hand-over')).toHaveLength(1);
    expect(trace.services['voice']!.outageSeconds).toBeCloseTo(0.1, 9);
  });

  it('SEM-33: what an upgrade costs is procedural, planned, and the infrastructure’s', async () => {
    const { attribution, plannedDpm, dpm } = (await run('live-migrate')).services['voice']!;
    expect(attribution.cause).toEqual({ procedural: dpm.all.value });
    expect(attribution.bucket).toEqual({ 'ISW<=VIM': dpm.all.value });
    expect(plannedDpm).toBeCloseTo(dpm.all.value, 9);
  });
});
