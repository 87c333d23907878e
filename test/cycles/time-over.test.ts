import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import type { RootsMet } from '../../src/simulate/cycles/roots/root-history.ts';
import { rootsOf } from '../../src/simulate/cycles/roots/roots-of.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import type { ServiceCycles } from '../../src/simulate/cycles/service-cycles.ts';
import { historySpan } from '../../src/simulate/history-span.ts';
import { EVENTS_BETWEEN_PAUSES, type Interruptible } from '../../src/simulate/interruptible.ts';
import { any, element, exponential, fixed, HOUR, mode, repair, scenario, service } from '../core/support/build.ts';
import { oneAgeingHost, oneHost } from '../core/support/one-host.ts';

const LIFE = 1000 * HOUR;

interface Cut {
  readonly cycles: ServiceCycles | undefined;
  /** How often it was asked whether the run was over. */
  readonly asked: number;
}

/** Cycles of a run that is over when it is asked for the time after so many. */
async function overAfter(times: number, model: CompiledModel, seed: string): Promise<Cut> {
  let asked = 0;
  const isOver = (): Promise<boolean> => Promise.resolve(asked++ >= times);
  const cycles = await runCycles(model, 0, { seed, confidence: 0.95, precision: 0.1, isOver });
  return { cycles, asked };
}

/** Work in full, and how often it has paused. */
function played<Result>(work: Interruptible<Result>): { readonly roots: Result; readonly pauses: number } {
  for (let pauses = 0; ; pauses++) {
    const { done, value } = work.next();
    if (done === true) return { roots: value, pauses };
  }
}

const named = (cycles: ServiceCycles | undefined): string[] | undefined => cycles?.gates.map(({ name }) => name);

describe('a run that is over', () => {
  const model = compile(oneHost());
  const whole = overAfter(Number.POSITIVE_INFINITY, model, 's1');

  it('is asked often on average, also while states that histories do not meet are searched for', async () => {
    const { cycles, asked } = await whole;
    expect(cycles!.stop).toBe('precision');
    expect(named(cycles)).toContain('unmet states that last');
    // 0.8 million in all, most of them of the search; a batch of samples alone is some 10 000.
    expect(cycles!.events / asked).toBeLessThan(1_000);
  });

  it.each([
    [0, false],
    [0.05, false],
    [0.5, true],
    [0.9, true],
  ])('ends at once after %d of it and says nothing without the search', async (share, isKnown) => {
    const most = Math.floor(share * (await whole).asked);
    const { cycles, asked } = await overAfter(most, model, 's1');
    expect(asked).toBeLessThan(most + 5);
    expect(cycles !== undefined).toBe(isKnown);
    if (isKnown) expect(named(cycles)).toContain('unmet states that last');
    expect(cycles?.stop).not.toBe('precision');
  });

  it.each([
    ['have no memory', exponential(LIFE)],
    ['age', { kind: 'weibull', shape: 2, scale: LIFE } as const],
    ['strike at fixed ages', fixed(LIFE)],
  ])('is asked about after every so many events of the histories that roots come from: failures %s', (_, law) => {
    const unit = element([mode(law, repair(exponential(4 * HOUR)))]);
    const units = compile(scenario({ elements: { a: unit, b: unit }, services: { up: service(any('a', 'b')) } }));
    const { pauses, roots } = played(rootsOf(units, 'units', { span: historySpan({ years: 20, warmUp: 0 }) }));
    const { events } = roots as RootsMet;
    expect(events).toBeGreaterThan(EVENTS_BETWEEN_PAUSES);
    expect(Math.abs(pauses - events / EVENTS_BETWEEN_PAUSES)).toBeLessThanOrEqual(1);
  });

  it('before it is known whether there are such states where failures age is not trusted', async () => {
    const ageing = compile(oneAgeingHost());
    const { cycles, asked } = await overAfter(Number.POSITIVE_INFINITY, ageing, 'k2');
    expect(named(cycles)).toContain('unmet states while failures age');
    const cut = await overAfter(asked - 1, ageing, 'k2');
    expect(named(cut.cycles)).toContain('looks for unmet states before time was over');
    expect(cut.cycles!.stop).toBe('not converged');
    expect(cut.cycles!.totals.samples).toBe(cycles!.totals.samples);
  });
});
