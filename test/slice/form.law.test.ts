import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { formOf } from '../../src/compile/slice/form.ts';
import { sliceServices } from '../../src/compile/slice/services.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import { SharedEstimates } from '../../src/simulate/cycles/shared-estimates.ts';
import { rackCloud } from '../../src/tools/bench/models/systems.ts';
import { measured } from '../core/support/cycles.ts';

const TEXT = rackCloud({ nodes: 160, services: 6 });
const OPTIONS = { seed: 'form', confidence: 0.95, precision: 0.15, isOver: async (): Promise<boolean> => false };

const modelOf = (text: string): CompiledModel => compile(readScenario(text).scenario);
const formsOf = (model: CompiledModel): string[] =>
  Array.from({ length: model.services.visible }, (_, service) => formOf(sliceServices(model, [service]).model));

describe('law: services of a fabric that are alike', () => {
  const model = modelOf(TEXT);
  const forms = formsOf(model);

  it('have one form, whichever racks they stand in', () => {
    const homes = [0, 1].map((service) => sliceServices(model, [service]).rows.element.join());
    expect(homes[0]).not.toBe(homes[1]);
    expect(new Set(forms).size).toBe(1);
  });

  it('have the same form under other names', () => {
    // The controller keeps its name: what its faults are booked under goes by it.
    const renamed = TEXT.replace(/\bvm\b/g, 'guests')
      .replace(/\bhost\b/g, 'blade')
      .replace(/\bline-/g, 'way-');
    expect(renamed).toContain('guests-1]');
    expect(formsOf(modelOf(renamed)).every((form, i) => form === forms[i])).toBe(true);
  });

  it.each([
    ['a rate of its instances', 'mtbf: 100000 h', 'mtbf: 100001 h'],
    ['a rate of the controller', 'mtbf: 20000 h', 'mtbf: 20001 h'],
    ['a rate of the nodes', 'mtbf: 438000 h', 'mtbf: 438001 h'],
    ['a duration', 'failover: 40 ms', 'failover: 41 ms'],
    ['a switch more', 'spines: 4', 'spines: 5'],
  ])('have another form after a change of %s', (_what, from, to) => {
    expect(TEXT).toContain(from);
    expect(formsOf(modelOf(TEXT.replace(from, to)))[0] === forms[0]).toBe(false);
  });

  it('are not alike if one rate in one rack is another', () => {
    const { modes, elements, laws, names } = model;
    const isLeaf = (element: number): boolean => /\/leaf-\d+$/.test(names.elements[element]!);
    const first = sliceServices(model, [0]).rows.element;
    const away = [1, 2, 3, 4, 5].find((service) => {
      const { element: own } = sliceServices(model, [service]).rows;
      return own.some((one) => isLeaf(one) && !first.includes(one));
    })!;
    const leaf = sliceServices(model, [away]).rows.element.find((one) => isLeaf(one) && !first.includes(one))!;
    const law = modes.law.slice();
    law[elements.modeStart[leaf]!] = laws.length;
    const before = laws[modes.law[elements.modeStart[leaf]!]!]!;
    expect(before.kind).toBe('exponential');
    const other = before.kind === 'exponential' ? { ...before, mean: 2 * before.mean } : before;
    const changed = formsOf({ ...model, laws: [...laws, other], modes: { ...modes, law } });
    expect(changed[away] === forms[0]).toBe(false);
    expect(changed[0] === forms[0]).toBe(true);
  });

  it('share one estimate, which agrees with the one each has of its own', async () => {
    const estimates = new SharedEstimates();
    const whole = { ...model };
    const first = (await runCycles(whole, 0, { ...OPTIONS, estimates }))!;
    const shared = (await runCycles(whole, 5, { ...OPTIONS, estimates }))!;
    const own = (await runCycles(whole, 5, { ...OPTIONS, seed: 'own' }))!;
    expect([first.alike, shared.alike, own.alike]).toEqual([undefined, 'line-1', undefined]);
    expect(shared.totals.rate(CYCLE.downtime)).toBe(first.totals.rate(CYCLE.downtime));
    const [a, b] = [measured(shared), measured(own)];
    expect(Math.abs(a.value - b.value)).toBeLessThan(3.5 * Math.hypot(a.error, b.error));
    expect(shared.classNames).toEqual(own.classNames);
    expect(shared.classNames).not.toEqual(first.classNames);
    // Told in its own names: to blame is what its own downtime is blamed on.
    const top = [...shared.totals.attribution].sort((x, y) => y[1] - x[1]).slice(0, 3);
    for (const [key] of top) expect(own.totals.attribution.has(key)).toBe(true);
  }, 300_000);
});
