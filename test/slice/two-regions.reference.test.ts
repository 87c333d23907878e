import { describe, expect, it } from 'vitest';
import { analyse, type LoadedScenario, onlyServices, simulate } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { readText } from './support/files.ts';

const FILE = 'scenarios/rare/two-regions.yaml';
const read = (variant?: string): LoadedScenario =>
  readScenario({ file: FILE }, { readFile: readText, ...(variant === undefined ? {} : { variant }) });
const CYCLES = { method: 'cycles', precision: 0.05, histories: 2, years: 1 } as const;

describe('reference: two regions that stand in for each other, nine nines', () => {
  it('the memoryless variant: cycles to ±5 % agree with the exact square of one region', async () => {
    const loaded = read('memoryless');
    const one = onlyServices(loaded, ['callers-of-east']);
    const { conditional } = analyse(one).services['callers-of-east']!;
    // A chain of one region. The other shares nothing with it.
    expect(conditional).toMatchObject({ method: 'chain', exact: true });
    const exact = conditional.unavailability! ** 2;
    expect(exact).toBeCloseTo(1.404180056e-9, 17);
    const { services, run } = await simulate(onlyServices(loaded, ['voice']), CYCLES);
    const { value, lo, hi } = services['voice']!.unavailability;
    expect(services['voice']!.cycles).toMatchObject({ stop: 'precision' });
    expect(run.slice).toMatchObject({ elements: { kept: 12, of: 12 }, futures: 'same' });
    expect((hi - lo) / 2 / value).toBeLessThan(0.05);
    // 1.96 standard errors make the interval; 3.7 are allowed.
    expect(Math.abs(value - exact)).toBeLessThan(((hi - lo) / 2 / 1.96) * 3.7);
  });

  it('one region costs what it costs alone: half of the elements, and the number of the whole', async () => {
    const { services, run } = await simulate(onlyServices(read(), ['callers-of-east']), CYCLES);
    expect(run.slice).toMatchObject({ elements: { kept: 6, of: 12 }, groups: { kept: 1, of: 2 } });
    expect(Object.keys(services)).toEqual(['callers-of-east']);
    const whole = await simulate(read(), CYCLES);
    // Cycles of one service look at nothing else by themselves.
    expect(JSON.stringify(services['callers-of-east']!.unavailability)).toBe(
      JSON.stringify(whole.services['callers-of-east']!.unavailability),
    );
  });
});
