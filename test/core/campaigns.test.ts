import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../../src/model/time.ts';
import type { Upgrade } from '../../src/model/upgrade.ts';
import * as build from './support/build.ts';
import { type Driver, drive } from './support/driver.ts';

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
