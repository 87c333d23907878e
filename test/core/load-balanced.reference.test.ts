import { describe, expect, it } from 'vitest';
import { analyse, inject, spof } from '../../src/index.ts';
import type { Trace } from '../../src/model/result.ts';
import type { Injection } from '../../src/model/scenario.ts';
import { YEAR } from './support/build.ts';
import { readExample } from './support/files.ts';
import { expectAgreement, scaled, simulate } from './support/histories.ts';
import { failovers, losses, steps } from './support/script.ts';

/** S-05, A-20 … A-25: scripted faults of `scenarios/load-balanced-ring.yaml`, exact to the microsecond. */
function trace(variant: string, script: string | readonly Injection[], set: readonly string[] = []): Trace {
  const read = readExample('load-balanced-ring', variant, set);
  return inject(read, typeof script === 'string' ? read.scenario.injections[script]! : script);
}

/** Faults of farm members, in order, 10 s apart. */
const fall = (...members: readonly number[]): Injection[] =>
  members.map((member, i) => ({ at: 10 * i, element: `farm/${member}` }));

const sizes = [2, 3, 4, 8, 16];
const members = (n: number): string[] => [
  `groups.farm.members=${n}`,
  ...(n < 3 ? ['injections.other-neighbour=~'] : []),
];
const lost = (run: Trace): number => run.services['members']!.sessionsLost;

describe('reference: one member fails (FL-06, FL-07, FL-08)', () => {
  it.each([
    // 3 checks of 1 s; the state 100 ms later; a slow peer check 5 s.
    ['stateless', 3],
    ['external', 3.1],
    ['ring', 3],
    ['slow-peers', 5],
  ])('%s: a third is lost for %d s', (variant, seconds) => {
    const run = trace(variant, 'one-fails');
    const [first, second] = losses(run, 'members');
    expect([first![0], second![0]]).toEqual([0, seconds]);
    expect(first![1]).toBeCloseTo(1 / 3, 12);
    expect(second![1]).toBe(0);
    expect(run.marks).toMatchObject({ detected: 3, restored: seconds });
    expect(run.services['members']!.sessionsLost).toBe(0);
    expect(failovers(run)).toEqual(['success']);
  });

  it('FL-08: restored at the later of the two checks (A-23), joined after the health check, then re-replicated', () => {
    const run = trace('slow-peers', 'one-fails');
    expect(
      steps(run, 'redirect', 'confirm', 'health-check', 'sync').map(([t, , step, outcome]) => [t, step, outcome]),
    ).toEqual([
      [3, 'redirect', 'started'],
      [3, 'redirect', 'done'],
      [3, 'confirm', 'waiting'],
      [5, 'confirm', 'started'],
      [5, 'confirm', 'done'],
      [75, 'health-check', 'started'],
      [78, 'health-check', 'done'],
      [78, 'sync', 'started'],
      [108, 'sync', 'done'],
    ]);
    expect(run.marks.redundant).toBe(108);
  });

  it.each(sizes)('stateless farm of %d: one share is lost for 3 s', (n) => {
    const { outageSeconds, lostShare } = trace('stateless', 'one-fails', members(n)).services['members']!;
    expect(outageSeconds).toBe(3);
    expect(lostShare).toBeCloseTo(3 / n, 12);
  });

  it.each([3, 4, 8, 16])(
    'ring of %d: the taker carries 2/n, a shortage of what it cannot carry until the replacement joins',
    (n) => {
      const capacity = 1.5 / n;
      const set = [...members(n), `groups.farm.unitCapacity=${capacity}`];
      const found = losses(trace('ring', 'one-fails', set), 'members');
      expect(found.map(([t]) => t)).toEqual([0, 3, 76]);
      [1 / n, 2 / n - capacity, 0].forEach((share, i) => {
        expect(found[i]![1]).toBeCloseTo(share, 12);
      });
    },
  );

  it('hot spot: members that carry 40 % are short of 2/3 − 0.4', () => {
    const found = losses(trace('hot-spot', 'one-fails'), 'members');
    expect(found.map(([t]) => t)).toEqual([0, 3, 76]);
    expect(found[1]![1]).toBeCloseTo(2 / 3 - 0.4, 12);
  });

  it('control path gone for a day: no total outage, capacity stays at two thirds until it is back (A-24)', () => {
    const run = trace('stateless', 'mano-gone', ['groups.farm.unitCapacity=0.3334']);
    const found = losses(run, 'members');
    expect(found.map(([t]) => t)).toEqual([0, 3, 86_400 + 74]);
    expect(found[1]![1]).toBeCloseTo(1 - 2 * 0.3334, 12);
    expect(run.services['members']!.downSeconds).toBe(0);
    expect(trace('stateless', 'mano-gone').services['members']!.outageSeconds).toBe(3);
  });
});

describe('reference: two members fail before re-replication (A-21, NC-43)', () => {
  it('ring of 3: #1 then #2 loses the share of #1, and that of #2 only if #3 failed too', () => {
    expect(lost(trace('ring', 'neighbour'))).toBeCloseTo(3000, 6);
    // #3 carries all three shares by then, and nobody has a copy.
    expect(lost(trace('ring', fall(1, 2, 3)))).toBeCloseTo(3000 + 9000, 6);
  });

  it('ring of 3: #1 then #3 keeps the sessions of #1 and loses those of #3', () => {
    const run = trace('ring', 'other-neighbour');
    expect(lost(run)).toBeCloseTo(3000, 6);
    // #2 holds both the share of #1 and that of #3; when it fails, all is lost.
    expect(lost(trace('ring', fall(1, 3, 2)))).toBeCloseTo(3000 + 9000, 6);
  });

  it('both before anybody has noticed', () => {
    const run = trace('ring', [
      { at: 0, element: 'farm/1' },
      { at: 1, element: 'farm/2' },
    ]);
    expect(lost(run)).toBeCloseTo(3000, 6);
  });

  it('users of lost sessions are out for 5 s more', () => {
    const set = [...members(5), 'groups.farm.unitCapacity=100 %'];
    const found = losses(trace('ring', fall(1, 2), set), 'members');
    // Fault of the second, which carries two shares; then the users of one re-attach.
    expect(found.map(([t]) => t)).toEqual([0, 3, 10, 13, 18]);
    [1 / 5, 0, 2 / 5, 1 / 5, 0].forEach((share, i) => {
      expect(found[i]![1]).toBeCloseTo(share, 12);
    });
  });

  it('after re-replication a second fault loses nothing', () => {
    const script = [
      { at: 0, element: 'farm/1' },
      { at: 107, element: 'farm/2' },
    ];
    expect(lost(trace('ring', script))).toBe(0);
    // Joined again, but its sessions are still with the holder alone.
    expect(lost(trace('ring', [script[0]!, { at: 80, element: 'farm/2' }]))).toBeCloseTo(3000, 6);
    expect(lost(trace('ring', [script[0]!, { at: 80, element: 'farm/1' }]))).toBe(0);
  });

  it.each([3, 4, 5, 8])('ring of %d: two random losses lose state with probability 2/(n − 1)', (n) => {
    // All ordered pairs are alike up to a turn of the ring; small rings are tried in full.
    const firsts = n <= 4 ? Array.from({ length: n }, (_, i) => i + 1) : [1, n];
    let losing = 0;
    let pairs = 0;
    for (const first of firsts) {
      for (let second = 1; second <= n; second++) {
        if (second === first) continue;
        pairs++;
        const sessions = lost(trace('ring', fall(first, second), members(n)));
        if (sessions > 0) losing++;
        expect([0, 9000 / n].some((value) => Math.abs(value - sessions) < 1e-6)).toBe(true);
      }
    }
    expect(losing / pairs).toBeCloseTo(2 / (n - 1), 12);
  });
});

describe('reference: the load balancer (A-25, FL-09)', () => {
  it('a pair: its failure costs the remap, 1.4 s, and the farm by itself loses nothing', () => {
    const run = trace('ring', 'lb-fails');
    expect(run.services['web']!.downSeconds).toBe(1.4);
    expect(run.services['members']!.outageSeconds).toBe(0);
  });

  it('needs the control path: down for 120 s, restored when it is back', () => {
    const gone = ['nfvo', 'vnfm', 'vim'].map((element) => ({ at: -60, element, until: 120 }));
    const run = trace('ring', [...gone, { at: 0, element: 'lb/active' }]);
    expect(run.services['web']!.downSeconds).toBe(121.4);
  });

  it('a single one is a single point of failure', () => {
    expect(spof(readExample('load-balanced-ring', 'lb-single')).services['web']!.single).toEqual(['balancer']);
    expect(spof(readExample('load-balanced-ring')).services['web']!.single).toEqual([]);
  });

  it('while it is down nobody checks the members: noticed 3 s after it is back', () => {
    const script = [
      { at: -1, element: 'balancer', until: 100 },
      { at: 0, element: 'farm/1' },
    ];
    expect(trace('lb-single', script).marks.detected).toBe(103);
  });
});

describe('reference: NC-25, weighted partial downtime of 12.0 s a year, whatever the size', () => {
  it.each(sizes)('%d members: 12.0 s/y, 4 partial outages a year each', (n) => {
    const read = readExample('load-balanced-ring', 'stateless', members(n));
    // λ = 4/y, T = 3 s. The service by itself: no load balancer, no other element.
    const { scenario } = read;
    const alone = {
      ...scenario,
      sites: {},
      control: {},
      services: { members: scenario.services['members']! },
      groups: { farm: withoutNeeds(scenario.groups['farm']!) },
    };
    // As many faults for each size.
    const runs = Math.max(10, 80 / n);
    const years = runs * 200;
    const histories = simulate(alone, { seed: 'nc25', years: 200, histories: runs });
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    const partial = sum(histories.totals.service(0, 'partialWeighted')) / 1e6 / years;
    // 4n·years faults of 3/n s: relative standard error 1/√(4n·years).
    expect(Math.abs(partial / 12 - 1)).toBeLessThan(3.7 / Math.sqrt(4 * n * years) + 0.003);
    const outages = sum(histories.totals.service(0, 'partialOutages')) / years;
    expect(Math.abs(outages / (4 * n) - 1)).toBeLessThan(3.7 / Math.sqrt(4 * n * years) + 0.003);
    const exact = analyse({ scenario: alone, digest: '' }).services['members']!.conditional;
    expect(exact.terms!.find(({ name }) => name === 'farm: eviction')!.dpm).toBeCloseTo(12, 9);
    expectAgreement(scaled(histories.unavailability(), YEAR), exact.dpm!, 0.02);
  });
});

function withoutNeeds(group: ReturnType<typeof readExample>['scenario']['groups'][string]): typeof group {
  const detectors = group.detection.detectors.map((one) => ({ ...one, needs: [] }));
  return { ...group, detection: { ...group.detection, detectors } };
}
