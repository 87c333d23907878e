import { describe, expect, test } from 'vitest';
import { inject, readScenario } from '../../src/index.ts';

/** Two members that need each other, each behind a leaf of its own; nobody but hands rebuilds while the VIM is away. */
const loaded = readScenario(
  `format: carriergrade/scenario/1
catalogue:
  types:
    box: { kind: node, slots: 1, failures: { hw: { rate: 1e-9 / year, repair: 4 h } } }
    switch: { kind: leaf, failures: { sw: { rate: 1e-9 / year, restart: 200 s } } }
sites:
  core:
    nodes: { n: { type: box, count: 2 } }
    fabric: { spines: 2, homing: single, coverage: 100 %, leaves: 2, leaf: { type: switch } }
control: { functions: { vim: { failures: { crash: { rate: 1e-9 / year, restart: 1 h } } } } }
groups:
  g:
    scheme: load-balanced
    members: 2
    unitCapacity: 60 %
    failures: { crash: { rate: 1e-9 / year } }
    placement: { pools: [core/n], replacement: in-place }
    detection: { coverage: 100 % }
    state: { stateful: false }
    manualEscalation: 60 s
    times: { manualRestore: 60 s }
services: { voice: { uses: [g] } }
`,
  { file: 'by-hand.yaml' },
);

describe('non-regression: a member rebuilt by hand twice, the first time where nobody got to it', () => {
  test('is protected again after the second time, whoever has made its node reachable in between', () => {
    const trace = inject(loaded, [
      { at: 0, element: 'vim' },
      { at: 0, element: 'g/1' },
      { at: 0, element: 'core/leaf-1' },
    ]);
    const done = trace.steps.filter(({ step, outcome }) => step === 'restore-by-hand' && outcome === 'done');
    // Nobody gets to it until 200 s; hands start anew then, and need 120 s from their alarm.
    expect(done.map(({ t }) => t)).toEqual([124, 320]);
    // The health check takes the rest.
    expect(trace.marks.redundant).toBe(323);
    expect(trace.services['voice']!.downSeconds).toBeLessThan(324);
  });
});
