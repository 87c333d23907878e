import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import type { ServiceCycles } from '../../src/simulate/cycles/service-cycles.ts';
import { oneAgeingHost, oneHost } from '../core/support/one-host.ts';

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

const named = (cycles: ServiceCycles | undefined): string[] | undefined => cycles?.gates.map(({ name }) => name);

describe('a run that is over', () => {
  const model = compile(oneHost());
  const whole = overAfter(Number.POSITIVE_INFINITY, model, 's1');

  it('is asked about every few thousand events, also while states that histories do not meet are searched for', async () => {
    const { cycles, asked } = await whole;
    expect(cycles!.stop).toBe('precision');
    expect(named(cycles)).toContain('unmet states that last');
    // 0.8 million in all, most of them of the search; a batch of samples is some 10 000.
    expect(cycles!.events / asked).toBeLessThan(10_000);
  });

  it.each([0, 0.05, 0.2, 0.5, 0.9])(
    'ends at once after %d of it and says nothing without the search',
    async (share) => {
      const most = Math.floor(share * (await whole).asked);
      const { cycles, asked } = await overAfter(most, model, 's1');
      expect(asked).toBeLessThan(most + 5);
      if (cycles !== undefined) expect(named(cycles)).toContain('unmet states that last');
      expect(cycles?.stop).not.toBe('precision');
    },
  );

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
