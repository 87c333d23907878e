import { expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { rootStates } from '../../src/simulate/cycles/roots/root-states.ts';
import { RootVisits } from '../../src/simulate/cycles/roots/root-visits.ts';
import { inOneGo } from '../../src/simulate/interruptible.ts';
import { manyPairs } from '../../src/tools/bench/models/systems.ts';
import { drive } from '../core/support/driver.ts';

test('whatever was visited and done before, a root is as the history met it', () => {
  const model = compile(readScenario(manyPairs({ kind: 'hosts', pairs: 60 })).scenario);
  const { states } = inOneGo(rootStates(model, 'visits', { most: 40 }));
  expect(new Set(states.map(({ ints }) => ints.join())).size).toBeGreaterThan(20);
  const w = drive(model, 'visits', new SilentObserver()).process.world;
  const visits = new RootVisits(w);
  for (let i = 0; i < 400; i++) {
    const root = states[(i * i * 7) % states.length]!;
    visits.visit(root);
    expect(w.ints.every((value, at) => value === root.ints[at])).toBe(true);
    expect(w.reals.every((value, at) => value === root.reals[at])).toBe(true);
    for (let write = 0; write < 5; write++) {
      w.set((i * 131 + write * 17) % w.ints.length, i + 2);
      w.setReal((i * 37 + write * 11) % w.reals.length, i + 0.5);
    }
  }
});
