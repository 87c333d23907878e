import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { RunTotals } from '../../src/measures/run-totals.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../../src/model/time.ts';
import type { Upgrade } from '../../src/model/upgrade.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import { shapeOf } from '../../src/simulate/history-watch.ts';
import * as build from './support/build.ts';
import { type Driver, drive } from './support/driver.ts';
import { readExample } from './support/files.ts';
import { sampleOf } from './support/histories.ts';

/** Campaigns that never start by themselves: tests start them. */
const campaign = (targets: readonly string[], rest: Partial<Upgrade> = {}): Upgrade => ({
  targets,
  mode: 'graceful',
  fallback: 'graceful',
  order: 'listed',
  batch: 1,
  waitsForRedundancy: false,
  perYear: 1e-9,
  start: 'random',
  nodeTime: build.fixed(600),
  copy: build.fixed(0),
  pause: build.fixed(0),
  copyDegradation: 0,
  build: build.fixed(0),
  grace: build.fixed(60),
  destination: 'any',
  constraints: [],
  impact: 'Critical',
  redundancyBudget: { id: 'degraded', measure: 'degraded redundancy', secondsPerYear: 300 },
  bucket: 'ISW<=VIM',
  ...rest,
});

class Watch extends SilentObserver {
  switchovers = 0;

  override switchedOver(): void {
    this.switchovers++;
  }
}

function started(scenario: Scenario, watch = new Watch()): Driver & { strike(element: string, at: number): void } {
  const model = compile(scenario);
  const driver = drive(model, 'campaigns', watch);
  driver.clocks.begin(0);
  driver.process.reset();
  return {
    ...driver,
    strike(element, at) {
      driver.clocks.now = at * MICROSECONDS_PER_SECOND;
      driver.process.fire(model.elements.modeStart[model.names.elements.indexOf(element)]!, driver.clocks.now);
    },
  };
}

const nodes = (count: number, failures = [build.mode(build.NEVER, build.itself(build.fixed(1e6)))]) => ({
  dc: build.site({ nodes: { n: build.pool({ count, failures }) } }),
});

const flows = { flow: build.plainFlow(build.fixed(1), build.fixed(30)) };

describe('non-regression: campaigns side by side', () => {
  it('one that ends a batch does not make another one begin its own again', () => {
    const watch = new Watch();
    const pair = build.group([], { placement: { ...build.placed([]), replacement: 'in-place' } });
    const upgrades = {
      members: campaign(['pair/1', 'pair/2'], { batch: 2 }),
      node: campaign(['dc/n-1'], { nodeTime: build.fixed(90) }),
    };
    const driver = started(build.scenario({ sites: nodes(2), flows, groups: { pair }, upgrades }), watch);
    driver.strike('members', 1);
    driver.strike('node', 1);
    driver.resume(3600 * MICROSECONDS_PER_SECOND);
    // There and back again: each of the two hands over once.
    expect(watch.switchovers).toBe(2);
  });

  it('a node that comes back from one takes the instance that waits for a place, wherever others would go', () => {
    const lone = build.group([], { members: 1, placement: build.placed(['dc/n']) });
    const upgrades = { spare: campaign(['dc/n-2']) };
    const driver = started(build.scenario({ sites: nodes(2), flows, groups: { lone }, upgrades }));
    const { world } = driver.process;
    driver.strike('spare', 1);
    driver.strike('dc/n-1', 2);
    driver.resume(601 * MICROSECONDS_PER_SECOND);
    expect(world.down[0]).toBe(1);
    driver.resume(632 * MICROSECONDS_PER_SECOND);
    expect(world.down[0]).toBe(0);
  });
});

/**
 * Nodes are emptied in random order, and a guest that has to leave goes to any other node, each as likely. Each of n nodes
 * is emptied once; before each, the guest is on it with probability p, after it on none but the others. With q_i the
 * chance to be on a node still to be emptied while i are left, q_n = 1/n and q_(i−1) = q_i · (1 + 1/(n − 1)): the moves add
 * up to Σ q_i = ((n − 1)/n) · ((n/(n − 1))^n − 1).
 */
function naiveMoves(n: number): number {
  let moves = 0;
  let onNext = 1 / n;
  for (let emptied = 0; emptied < n; emptied++) {
    moves += onNext;
    onNext *= 1 + 1 / (n - 1);
  }
  return moves;
}

describe('reference: NC-23, moves of a guest in a campaign that may send it to any node', () => {
  it('by hand: 1.583, 1.681, 1.715 and e − 1', () => {
    for (const [n, moves] of [
      [3, 1.583],
      [10, 1.681],
      [100, 1.715],
    ] as const) {
      expect(naiveMoves(n)).toBeCloseTo(moves, 3);
      expect(naiveMoves(n)).toBeCloseTo(((n - 1) / n) * ((n / (n - 1)) ** n - 1), 12);
    }
    expect(naiveMoves(1e6)).toBeCloseTo(Math.E - 1, 5);
  });

  it('ten nodes, 36 500 campaigns: 1.6813 within four standard errors, themselves below half a percent', () => {
    const model = compile(
      readExample('upgrade-campaign', 'live-migrate-naive', ['upgrades.monthly.perYear=365']).scenario,
    );
    const runner = new HistoryRunner(model, 'NC-23');
    const totals = new RunTotals(shapeOf(model));
    for (let history = 0; history < 100; history++) totals.absorb(runner.run(history, 1, 0));
    const campaigns = 365;
    const members = 2;
    const { mean, error } = sampleOf(totals.group(0, 'moves').map((moves) => moves / campaigns / members));
    expect(error / naiveMoves(10)).toBeLessThan(0.005);
    expect(Math.abs(mean - naiveMoves(10))).toBeLessThan(4 * error);
  });
});
