import { describe, expect, it } from 'vitest';
import { analyse, simulate as runSimulation } from '../../src/index.ts';
import type { Group, Service, Sharing } from '../../src/model/scenario.ts';
import {
  detector,
  exponential,
  fixed,
  group,
  HOUR,
  itself,
  mode,
  plainFlow,
  REPLACEMENT,
  scenario,
  service,
  step,
  uncovered,
  withDetection,
  YEAR,
} from './support/build.ts';
import { solve } from './support/chain.ts';
import { expectAgreement, simulate } from './support/histories.ts';
import { failovers, losses, play, steps } from './support/script.ts';

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
/** Chance that exactly `lost` of n are down. */
const out = (n: number, lost: number, u: number): number => choose(n, lost) * u ** lost * (1 - u) ** (n - lost);

/** Members that are evicted at once, come back by themselves and join at once: nothing but how many are up counts. */
function farm(
  scheme: Group['scheme'],
  members: number,
  u: number,
  sharing: Partial<Sharing>,
  back = exponential(HOUR),
) {
  const flow = {
    id: 'flow',
    title: '',
    source: '',
    remediation: [step('evict', fixed(0), { effects: ['evict'] })],
    recovery: [step('join', fixed(0), { effects: ['available', 'join', 'sync'] })],
  };
  return scenario({
    flows: { flow },
    groups: {
      farm: {
        ...group([mode(exponential((HOUR * (1 - u)) / u), itself(back))]),
        scheme,
        members,
        sharing: { standbys: 0, required: 0, unitCapacity: 1, load: 1, ...sharing },
      },
    },
    services: { web: service('farm') },
  });
}

describe('reference: k-of-n, NC-38 at u = 1e-3', () => {
  it.each([
    [2, 3, 2.998e-6],
    [3, 4, 5.992e-6],
    [4, 5, 9.98e-6],
    [8, 9, 3.583e-5],
    [2, 4, 3.997e-9],
    [6, 8, 5.579e-8],
  ])('%d of %d: U = %d', (required, n, printed) => {
    const built = farm('k-of-n', n, 1e-3, { required });
    let closed = 0;
    for (let lost = n - required + 1; lost <= n; lost++) closed += out(n, lost, 1e-3);
    expect(Math.abs(closed / printed - 1)).toBeLessThan(5e-4);
    expect(Math.abs(solve(built).unavailability(0) / closed - 1)).toBeLessThan(1e-9);
    // The formula counts the same members, whatever the law of the repair (insensitivity).
    const regular = farm('k-of-n', n, 1e-3, { required }, fixed(HOUR));
    const { conditional } = analyse({ scenario: regular, digest: '' }).services['web']!;
    expect(conditional.method).toBe('first-order');
    expect(Math.abs(conditional.unavailability! / closed - 1)).toBeLessThan(1e-9);
  });

  it('histories agree, and every outage is total', () => {
    const histories = simulate(farm('k-of-n', 5, 0.05, { required: 4 }), { seed: 'k', years: 1, histories: 40 });
    let closed = 0;
    for (let lost = 2; lost <= 5; lost++) closed += out(5, lost, 0.05);
    expectAgreement(histories.unavailability(), closed, 0.05);
    expect(histories.totals.service(0, 'partialOutages').every((count) => count === 0)).toBe(true);
  });
});

describe('reference: N+1, capacity events (B-33, SEM-31, domain 2.11)', () => {
  it.each([2, 3, 4, 8])('N = %d: weighted U = Σ C(N+1, i) A^i U^(N+1−i) (N − i)/N', (n) => {
    const u = 1e-3;
    let weighted = 0;
    let shortfall = 0;
    for (let up = 0; up < n; up++) {
      weighted += (out(n + 1, n + 1 - up, u) * (n - up)) / n;
      shortfall += out(n + 1, n + 1 - up, u);
    }
    const built = farm('n-plus-1', n + 1, u, { unitCapacity: 1 / n });
    const solved = solve(built);
    expect(Math.abs(solved.unavailability(0) / weighted - 1)).toBeLessThan(1e-9);
    expect(Math.abs(solved.figures(0).unavailability / shortfall - 1)).toBeLessThan(1e-9);
    const regular = farm('n-plus-1', n + 1, u, { unitCapacity: 1 / n }, fixed(HOUR));
    const { conditional } = analyse({ scenario: regular, digest: '' }).services['web']!;
    expect(conditional.terms!.map(({ name }) => name)).toEqual(['farm: missing capacity']);
    expect(Math.abs(conditional.unavailability! / weighted - 1)).toBeLessThan(1e-9);
    // S-16: 4 + 1 has a shortfall of 9.98e-6, weighted 2.50e-6.
    if (n === 4) {
      expect(shortfall).toBeCloseTo(9.98e-6, 8);
      expect(weighted).toBeCloseTo(2.5e-6, 8);
    }
  });

  it('the loss of one is invisible, of two a capacity event, of all an outage', () => {
    const built = farm('n-plus-1', 4, 1e-3, { unitCapacity: 1 / 3 });
    const run = play(built, ...[1, 2, 3, 4].map((member) => ({ at: 10 * member - 10, element: `farm/${member}` })));
    const found = losses(run, 'web').slice(0, 3);
    expect(found.map(([t]) => t)).toEqual([10, 20, 30]);
    [1 / 3, 2 / 3, 1].forEach((share, i) => {
      expect(found[i]![1]).toBeCloseTo(share, 12);
    });
  });
});

describe('reference: what a partial loss counts (SEM-01, SEM-05, SEM-06)', () => {
  const u = 0.05;
  const built = (rest: Partial<Service>) => {
    const base = farm('n-plus-1', 3, u, { unitCapacity: 0.4 });
    return { ...base, services: { web: service('farm', rest) } };
  };
  // One of three out: 0.2 is short; two: 0.6; all: everything.
  const [one, two, three] = [1, 2, 3].map((lost) => out(3, lost, u)) as [number, number, number];
  it.each([
    ['its share', {}, 0.2 * one + 0.6 * two + three],
    ['nothing', { partialWeight: 'none' }, three],
    ['all', { partialWeight: 'full' }, one + two + three],
    ['all from half of the service on', { minServiceFraction: 0.5 }, 0.2 * one + two + three],
    ['nothing, but all from half on', { minServiceFraction: 0.5, partialWeight: 'none' }, two + three],
  ] as const)('%s', (_, rest, expected) => {
    expect(Math.abs(solve(built(rest)).unavailability(0) / expected - 1)).toBeLessThan(1e-9);
    const histories = simulate(built(rest), { seed: 'weight', years: 2, histories: 40 });
    expectAgreement(histories.unavailability(), expected, 0.2);
  });

  it('the formula, which adds up shares, refuses where shares do not count as they are', () => {
    const regular = farm('n-plus-1', 3, u, { unitCapacity: 0.4 }, fixed(HOUR));
    const refused = (rest: Partial<Service>): string | undefined =>
      analyse({ scenario: { ...regular, services: { web: service('farm', rest) } }, digest: '' }).services['web']!
        .conditional.refused;
    expect(refused({ minServiceFraction: 0.5 })).toMatch(/^minServiceFraction decides/);
    expect(refused({ partialWeight: 'none' })).toMatch(/^partialWeight decides/);
  });

  it('outages that ever lose everything are total, the others partial, and seconds are split by the instant', () => {
    const { totals } = simulate(built({}), { seed: 'split', years: 10, histories: 40 });
    const perYear = (measure: 'totalTime' | 'partialTime'): number =>
      totals.service(0, measure).reduce((a, b) => a + b, 0) / 1e6 / 400 / YEAR;
    expect(Math.abs(perYear('totalTime') / three - 1)).toBeLessThan(0.3);
    expect(Math.abs(perYear('partialTime') / (one + two) - 1)).toBeLessThan(0.02);
  });
});

describe('reference: counted apart (SEM-30, SEM-31)', () => {
  it('capacity events: 2-of-3 members out of the loss of two, once per shortage', async () => {
    const u = 0.02;
    const built = farm('n-plus-1', 3, u, { unitCapacity: 0.5 });
    const loaded = {
      scenario: { ...built, simulation: { ...built.simulation, years: 20, histories: 40 } },
      digest: '',
    };
    const { groups } = await runSimulation(loaded);
    // Failures that leave one of three: while exactly one is out, two others may fail.
    const rate = u / (1 - u);
    const expected = out(3, 1, u) * 2 * rate * 8760;
    const found = groups['farm']!.capacityEventsPerYear!;
    expect(found.lo).toBeLessThan(expected * 1.05);
    expect(found.hi).toBeGreaterThan(expected * 0.95);
    expect(groups['farm']!.switchoversPerYear).toBeUndefined();
  });
});

describe('reference: terms of the formula, λ·T whatever the number of members', () => {
  // λ = 4/y, 2 s to detect, 1 s to evict, 100 s to replace, 90 % covered, 90 % succeed; users report after 600 s, hands take 900 s.
  const evicted = (scheme: Group['scheme'], sharing: Partial<Sharing>, perYear = 4) => {
    const flow = {
      id: 'flow',
      title: '',
      source: '',
      remediation: [
        step('evict', fixed(1), { success: 0.9, onFailure: 'manual', reason: 'switch-failed', effects: ['evict'] }),
      ],
      recovery: [step('rebuild', fixed(100), { effects: ['instantiate', 'available', 'join', 'sync'] })],
    };
    const base = withDetection(group([mode(exponential(YEAR / perYear), REPLACEMENT)]), {
      detectors: [detector(fixed(2))],
      coverage: 0.9,
      coverageExposed: 0.9,
      uncovered: uncovered(fixed(600), 'manual'),
    });
    return scenario({
      flows: { flow },
      groups: {
        farm: {
          ...base,
          scheme,
          members: 4,
          times: { ...base.times, manualRestore: fixed(900) },
          sharing: { standbys: 0, required: 0, unitCapacity: 1, load: 1, ...sharing },
        },
      },
      services: { web: service('farm') },
    });
  };
  const exact = (built: ReturnType<typeof evicted>) =>
    analyse({ scenario: built, digest: '' }).services['web']!.conditional;

  it('load-balanced: eviction, uncovered, failed', () => {
    const built = evicted('load-balanced', { unitCapacity: 0.3 });
    const term = (name: string): number => exact(built).terms!.find((each) => each.name === `farm: ${name}`)!.dpm;
    expect(term('eviction')).toBeCloseTo(4 * 0.9 * 0.9 * 3, 9);
    expect(term('uncovered faults')).toBeCloseTo(4 * 0.1 * 1500, 9);
    expect(term('failed failover')).toBeCloseTo(4 * 0.9 * 0.1 * (2 + 900 + 1), 9);
    // 3 · 0.3 of the load while one is out: 0.1 short for 100 s, four times 4 a year.
    expect(Math.abs(term('missing capacity') / (16 * 0.1 * 100) - 1)).toBeLessThan(1e-3);
    expectAgreement(
      simulate(built, { seed: 'terms', years: 200, histories: 20 }).unavailability(),
      exact(built).unavailability!,
      0.03,
    );
  });

  it('3 of 4: out from the fault on, and two at a time matter', () => {
    const built = evicted('k-of-n', { required: 3 }, 400);
    expect(exact(built).terms!.map(({ name }) => name)).toEqual(['farm: missing capacity']);
    expectAgreement(
      simulate(built, { seed: 'terms', years: 20, histories: 20 }).unavailability(),
      exact(built).unavailability!,
      0.1,
    );
  });
});

/** N members and M standbys; a takeover lasts 1 s after 2 s, a replacement 100 s. */
function shared(members: number, standbys: number, rest: Partial<Group> = {}) {
  return scenario({
    flows: { flow: plainFlow(fixed(1), fixed(100)) },
    groups: {
      pool: {
        ...withDetection(group([mode(exponential(YEAR / 4), REPLACEMENT)]), { detectors: [detector(fixed(2))] }),
        scheme: 'shared-standby',
        members,
        sharing: { standbys, required: 0, unitCapacity: 1, load: 1 },
        ...rest,
      },
    },
    services: { voice: service('pool') },
  });
}

describe('reference: N:1 and N+M (SEM-31)', () => {
  it('the standby takes the place of the first; the second is out until a replacement is there', () => {
    const run = play(shared(5, 1), { at: 0, element: 'pool/1' }, { at: 10, element: 'pool/2' });
    // The first is replaced 100 s after its place was taken, and takes the place of the second at once (SEM-29).
    expect(losses(run, 'voice')).toEqual([
      [0, 0.25],
      [3, 0],
      [10, 0.25],
      [103, 0],
    ]);
    expect(failovers(run)).toEqual(['success', 'no-healthy-standby']);
  });

  it('two standbys take two places', () => {
    const run = play(shared(6, 2), { at: 0, element: 'pool/1' }, { at: 1, element: 'pool/2' });
    expect(losses(run, 'voice')).toEqual([
      [0, 0.25],
      [1, 0.5],
      [3, 0.25],
      [4, 0],
    ]);
    expect(failovers(run)).toEqual(['success', 'success']);
  });

  it('both at once: one standby, one place taken', () => {
    const run = play(shared(5, 1), { at: 0, element: 'pool/3' }, { at: 0, element: 'pool/4' });
    expect(
      losses(run, 'voice')
        .map(([t, share]) => [t, share])
        .slice(-3),
    ).toEqual([
      [0, 0.5],
      [3, 0.25],
      [102, 0],
    ]);
  });

  it('a standby that holds the state of all keeps the sessions, any other loses those of the place', () => {
    const state = (stateForAll: boolean): Group['state'] => ({
      ...group([]).state,
      stateful: true,
      protection: 'peer-checkpoint',
      stateForAll,
    });
    const sessions = (stateForAll: boolean): number =>
      play(shared(5, 1, { state: state(stateForAll) }), { at: 0, element: 'pool/1' }).services['voice']!.sessionsLost;
    expect(sessions(true)).toBe(0);
    expect(sessions(false)).toBe(0.25);
  });

  it('revertive: the replacement gets its place back by a planned switchover, which is no failover', () => {
    const times = { ...group([]).times, switchover: fixed(0.5) };
    const run = play(shared(5, 1, { revertive: true, times }), { at: 0, element: 'pool/1' });
    expect(losses(run, 'voice')).toEqual([
      [0, 0.25],
      [3, 0],
      [103, 0.25],
      [103.5, 0],
    ]);
    expect(failovers(run)).toEqual(['success']);
  });

  it('downtime: one place in four per failover, and what the used-up standby leaves open', () => {
    const built = shared(5, 1);
    const exact = analyse({ scenario: built, digest: '' }).services['voice']!.conditional;
    const covered = exact.terms!.find(({ name }) => name === 'pool: covered failover')!;
    expect(covered.dpm).toBeCloseTo(4 * 3, 9);
    expectAgreement(
      simulate(built, { seed: 'n1', years: 200, histories: 20 }).unavailability(),
      exact.unavailability!,
      0.02,
    );
  });
});

describe('reference: revertive pairs (SEM-30)', () => {
  const pair = (rest: Partial<Group>) =>
    scenario({
      flows: { flow: plainFlow(fixed(1), fixed(100)) },
      groups: {
        pair: {
          ...withDetection(group([mode(exponential(YEAR / 4), REPLACEMENT)]), { detectors: [detector(fixed(2))] }),
          times: { ...group([]).times, switchover: fixed(0.5) },
          ...rest,
        },
      },
      services: { voice: service('pair') },
    });

  it('one more planned switchover as soon as the failed member is protected again', () => {
    const fault = { at: 0, element: 'pair/1' };
    expect(losses(play(pair({}), fault), 'voice')).toEqual([
      [0, 1],
      [3, 0],
    ]);
    const run = play(pair({ revertive: true }), fault);
    expect(losses(run, 'voice')).toEqual([
      [0, 1],
      [3, 0],
      [103, 1],
      [103.5, 0],
    ]);
    expect(steps(run, 'switch-back').map(([t, , , outcome]) => [t, outcome])).toEqual([
      [103, 'started'],
      [103.5, 'done'],
    ]);
    expect(failovers(run)).toEqual(['success']);
  });

  it('a fault of either member while it lasts ends it', () => {
    const script = [
      { at: 0, element: 'pair/1' },
      { at: 103.2, element: 'pair/1' },
    ];
    // The standby carries on as if nothing had been tried, and it is tried again with the next replacement.
    expect(
      losses(play(pair({ revertive: true }), ...script), 'voice')
        .map(([t]) => t)
        .slice(2),
    ).toEqual([103, 103.2, ...[103.2 + 2 + 100, 103.2 + 2 + 100.5].map((t) => Number(t.toFixed(1)))]);
  });

  it('counted apart from failovers', async () => {
    const built = pair({ revertive: true });
    const loaded = {
      scenario: { ...built, simulation: { ...built.simulation, years: 100, histories: 10 } },
      digest: '',
    };
    const { switchoversPerYear, attempts, servingFailuresPerYear } = (await runSimulation(loaded)).groups['pair']!;
    // Every failover is followed by a way back.
    expect(Math.abs(switchoversPerYear!.value / servingFailuresPerYear.value - 1)).toBeLessThan(0.01);
    expect(Math.abs(attempts / 1000 / servingFailuresPerYear.value - 1)).toBeLessThan(0.01);
  });

  it('λ·switchover more a year, as the formula says', () => {
    const built = pair({ revertive: true });
    const exact = analyse({ scenario: built, digest: '' }).services['voice']!.conditional;
    expect(exact.terms!.find(({ name }) => name === 'pair: switching back')!.dpm).toBeCloseTo(4 * 0.5, 9);
    expectAgreement(
      simulate(built, { seed: 'revert', years: 200, histories: 30 }).unavailability(),
      exact.unavailability!,
      0.02,
    );
  });
});
