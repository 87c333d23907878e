import { describe, expect, test } from 'vitest';
import { drawFigures, render, type Sweep, type SweepValues } from '../../src/index.ts';
import { reportFigures } from '../../src/report/render.ts';
import { invoke } from '../cli/support.ts';

/** Non-regression: the page and the plot of a sweep (vitest -u rewrites test/golden). */
const estimate = (value: number, half: number) => ({
  value,
  lo: value - half,
  hi: value + half,
  method: 'histories' as const,
  n: 20,
});

function sweepOf(parameters: readonly string[], points: readonly (readonly [SweepValues, number])[]): Sweep {
  return {
    format: 'carriergrade/sweep/1',
    scenario: { name: 'pair', title: 'A pair', digest: '0' },
    parameters,
    confidence: 0.95,
    version: '0.0.0-test',
    points: points.map(([values, dpm]) => ({
      values,
      digest: '0',
      run: { seed: '1', method: 'histories', histories: 20, simulatedYears: 400, stop: 'horizon' },
      services: {
        voice: {
          unavailability: estimate(dpm / 31_536_000, dpm / 315_360_000),
          dpm: estimate(dpm, dpm / 10),
          ofm: estimate(0.2, 0.05),
          reportable: estimate(0.1, 0.05),
          ...(dpm > 500 ? { exactDpm: dpm * 1.01 } : {}),
        },
      },
      targets: [],
    })),
  };
}

const SWITCH = 'groups.pair.probabilities.switch';
const COVERAGE = 'groups.pair.detection.coverage';
const line = sweepOf(
  [SWITCH],
  [
    [{ [SWITCH]: '90%' }, 3400],
    [{ [SWITCH]: '99%' }, 590],
    [{ [SWITCH]: '99.9%' }, 309],
  ],
);
const map = sweepOf(
  [SWITCH, COVERAGE],
  ['90%', '99%'].flatMap((a, i) =>
    ['95%', '99%'].map((b, j) => [{ [SWITCH]: a, [COVERAGE]: b }, 4000 / (1 + i) - 500 * j] as const),
  ),
);
const many = sweepOf(
  ['a', 'b', 'c'],
  [
    [{ a: 1, b: 1, c: 1 }, 10],
    [{ a: 2, b: 2, c: 2 }, 20],
  ],
);

describe('the page of a sweep', () => {
  test('has a line with its band over one parameter', async () => {
    const [figure] = reportFigures(line);
    const { svg } = await drawFigures(line);
    expect(Object.keys(svg)).toEqual([figure!.id]);
    expect(svg[figure!.id]).toMatch(/<path d="M[^"]*Z" fill="var\(--c1-soft\)"/);
    expect(svg[figure!.id]).toContain('stroke-width="2"');
    expect(svg[figure!.id]!.match(/99\.9%/g)!.length).toBeGreaterThan(0);
    await expect(render(line, { format: 'html', drawings: { svg } })).toMatchFileSnapshot('../golden/sweep.html');
  });

  test('has a map with every number over two', async () => {
    const { svg } = await drawFigures(map);
    const [drawn] = Object.values(svg);
    for (const number of ['4000', '3500', '2000', '1500']) expect(drawn).toContain(`>${number}<`);
    expect(render(map, { format: 'html', drawings: { svg } })).toContain('the stronger the colour the longer');
  });

  test('is a table over three and more', () => {
    expect(reportFigures(many)).toEqual([]);
    expect(render(many, { format: 'html' })).toContain('<table');
  });

  test('says in words what is not drawn', () => {
    expect(render(line, { format: 'html' })).toContain('Least at 99.9%');
  });
});

describe('the plot of a sweep', () => {
  test('draws bars up to the ends of the intervals', async () => {
    await expect(render(line, { plot: true })).toMatchFileSnapshot('../golden/sweep-plot.txt');
    expect(render(line)).not.toContain('█');
  });

  test('is refused where the format cannot show it', async () => {
    const args = ['sweep', 'scenarios/pair-chain.yaml', '--over', `${SWITCH}=97%,98%`, '--histories', '2'];
    const { code, err } = await invoke([...args, '--plot', '--format', 'csv']);
    expect(code).toBe(2);
    expect(err).toContain('--plot');
    const parquet = await invoke([...args, '--plot', '--format', 'parquet']);
    expect(parquet.code).toBe(2);
  });
});
