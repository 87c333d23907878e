import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { isAlive, reachShare } from '../../src/dynamics/reach.ts';
import { inject, type LoadedScenario, simulate, type Trace } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { drive } from '../core/support/driver.ts';

/** Four single-homed nodes on two leaves; what fails does so when struck, and the switches come back after an hour. */
const cloud = (homing: string, fabric: string, rest = '', group = '', switches = '1e-9 / year'): LoadedScenario =>
  readScenario(`format: carriergrade/scenario/1
catalogue:
  flows: { guarded: { base: FL-03, steps: { activate: { needs: [standby, bmc] } } } }
  types:
    box: { kind: node, slots: 2, failures: { hw: { rate: 1e-9 / year, repair: 4 h } } }
    switch: { kind: leaf, failures: { sw: { rate: ${switches}, restart: 1 h } } }
    wire: { kind: link, failures: { cut: { rate: 1e-9 / year, repair: 1 h } } }
sites:
  core:
    nodes: { n: { type: box, count: 4 }, m: { type: box, count: 1, slots: 0 } }
    fabric: { spines: 2, homing: ${homing}, coverage: 100 %, spine: { type: switch }, leaf: { type: switch }, link: { type: wire }, ${fabric} }
groups:
  g:
    failures: { crash: { rate: 1e-9 / year } }
    placement: { pools: [core/n], antiAffinity: { level: leaf-pair } }
    detection: { coverage: 100 %, detectors: [heartbeat-peer] }
    state: { stateful: true, protection: peer-checkpoint }
    times: { sync: 30 s }
    ${group}
services: { voice: { uses: [g] }, cloud: { structure: { share: [core/n] } } }
${rest}`);
const steps = (trace: Trace, entity: string): readonly string[] =>
  trace.steps.filter((step) => step.entity === entity && step.outcome === 'done').map(({ step }) => step);

describe('a member that nothing gets through to (SEM-35, SEM-36)', () => {
  // Two pairs: node 1 hangs on leaf 1, node 3 on leaf 3.
  const loaded = cloud('single', 'leaves: 4');
  const strike = (element: string): Trace => inject(loaded, [{ at: 0, element }]);

  test('is noticed like a dead one; it may not be dead, so it is fenced before another takes over', () => {
    const fenced = cloud('single', 'leaves: 4', '', 'fencing: { required: true }');
    const { services, marks } = inject(fenced, [{ at: 0, element: 'core/leaf-1' }]);
    expect(marks.detected).toBeCloseTo(0.3, 9);
    expect(marks.isolated).toBeCloseTo(1.4, 9);
    expect(services['voice']!.downSeconds).toBeCloseTo(2.5, 9);
  });

  test('is not replaced while it stands by: it is back with its leaf, and copies the state again', () => {
    const trace = strike('core/leaf-3');
    expect(steps(trace, 'g/2')).toContain('sync');
    expect(steps(trace, 'g/2')).not.toContain('spawn');
    expect(trace.marks.redundant).toBeCloseTo(3600 + 30, 9);
    expect(trace.services['voice']!.downSeconds).toBe(0);
  });

  test('works all the while, and the root of what is lost is the switch', async () => {
    const model = compile(loaded.scenario);
    const { process } = drive(model, 'reach', new SilentObserver());
    process.reset();
    const w = process.world;
    const leaf = model.names.elements.indexOf('core/leaf-1');
    const seat = model.names.seats.indexOf('g/1');
    process.fire(model.elements.modeStart[leaf]!, 0);
    expect([isAlive(w, seat), reachShare(w, seat), w.down[seat], w.ready[seat], w.lost[seat]]).toEqual([
      true,
      0,
      1,
      1,
      0,
    ]);
    expect(w.caseRoot[seat]! - 1).toBe(model.elements.modeStart[leaf]);
    process.restore(leaf, 1e6);
    expect([isAlive(w, seat), reachShare(w, seat), w.down[seat]]).toEqual([false, 1, 0]);
  });

  test('an instance is not built where nobody gets to', () => {
    const trace = inject(loaded, [
      { at: -10, element: 'core/leaf-4' },
      { at: 0, element: 'core/n-3' },
    ]);
    // The other node of the second pair is cut off for an hour.
    const built = trace.steps.find(
      ({ entity, step, outcome }) => entity === 'g/2' && step === 'spawn' && outcome === 'done',
    );
    // It asks for a slot every second.
    expect(built?.t).toBeCloseTo(3590.3 + 60, 9);
  });

  test('with a share of its traffic, it serves that share', () => {
    const trace = inject(cloud('mlag', 'leaves: 4'), [{ at: 0, element: 'core/leaf-1' }]);
    expect(trace.services['voice']!.downSeconds).toBe(0);
    expect(trace.services['voice']!.lostShare).toBeCloseTo(0.5 * 0.05, 12);
  });

  test('downtime is attributed to the switch', async () => {
    const often = cloud('single', 'leaves: 4', '', '', '20 / year');
    const { services } = await simulate(often, { years: 5, histories: 4 });
    const elements = Object.keys(services['cloud']!.attribution.element);
    expect(elements.length).toBeGreaterThan(1);
    for (const name of elements) expect(name).toMatch(/^core\/(leaf|spine)-\d:sw$/);
  });
});

describe('planes and management controllers (B-88, B-89)', () => {
  const control = `control: { functions: { vnfm: { on: core/m }, vim: { on: core/m } } }`;

  test('a control function on a node nobody reaches is not there', () => {
    // Nobody can remap until hands do, after the escalation.
    const loaded = cloud('single', 'leaves: 4', control);
    const trace = inject(loaded, [
      { at: -10, element: 'core/m--leaf-1' },
      { at: 0, element: 'g/1' },
    ]);
    expect(trace.services['voice']!.downSeconds).toBeGreaterThan(2000);
    expect(inject(loaded, [{ at: 0, element: 'g/1' }]).services['voice']!.downSeconds).toBeCloseTo(1.5, 9);
  });

  test('a network of its own for the control path keeps it', () => {
    const loaded = cloud('single', 'leaves: 4, planes: { mgmt: { homing: mlag, serves: control } }', control);
    const script = (element: string): Trace =>
      inject(loaded, [
        { at: -10, element },
        { at: 0, element: 'g/1' },
      ]);
    expect(script('core/m--leaf-1').services['voice']!.downSeconds).toBeCloseTo(1.5, 9);
    expect(script('core/m--leaf-1@mgmt').services['voice']!.downSeconds).toBeCloseTo(1.5, 9);
  });

  test('a plane that members need takes them with it', () => {
    const loaded = cloud('single', 'leaves: 4, planes: { storage: { homing: single, serves: members } }');
    const trace = inject(loaded, [{ at: 0, element: 'core/n-1--leaf-1@storage' }]);
    expect(trace.services['cloud']!.lostShare).toBeCloseTo(3600 / 4, 6);
  });

  // Without a second way the activation of the standby waits until the controller is reached again.
  test.each([
    ['core/n-1--bmc-1', 'redundant: true', 1.5],
    ['core/n-1--bmc', 'redundant: false', 3590 + 0.05 + 0.05 + 1],
  ])('a step that needs the management controller waits for it: %s down', (path, redundancy, seconds) => {
    const bmc = `bmc: { ${redundancy}, failures: { path: { repair: 1 h } } }`;
    const loaded = cloud('single', `leaves: 4, ${bmc}`, '', 'flow: guarded');
    const trace = inject(loaded, [
      { at: -10, element: path },
      { at: 0, element: 'g/1' },
    ]);
    expect(trace.services['voice']!.downSeconds).toBeCloseTo(seconds, 9);
  });
});
