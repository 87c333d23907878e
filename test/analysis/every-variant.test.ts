import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyseScenario } from '../../src/analytic/scenario/exact-side.ts';
import { simulate } from '../../src/index.ts';
import type { AnalyticResult } from '../../src/model/result.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import { withConfidence } from '../core/support/estimates.ts';
import { readExample } from '../core/support/files.ts';

/** Years and histories of the files in which something is exact: enough for intervals that say something. */
const BUDGETS: Readonly<Record<string, { readonly years: number; readonly histories: number }>> = {
  'fm-cycle': { years: 500, histories: 4 },
  'causes-and-multi-fault': { years: 100, histories: 8 },
  'leaf-spine': { years: 50, histories: 4 },
  'multi-cloud-chain': { years: 300, histories: 4 },
  'rbd-vs-des': { years: 100, histories: 8 },
};
const OTHERS = { years: 150, histories: 8 };
/** States of a chain, as beside a run. */
const LIMITS = { mostStates: 20_000, thorough: false };

interface Line {
  readonly where: string;
  /** How the number came about, or why there is none, or why it is not exact. */
  readonly claim: string;
}

const files = readdirSync(new URL('../../scenarios/', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));
const cases = files.flatMap((file) => {
  const { variants } = readExample(file);
  return [undefined, ...variants].map((variant) => [file, variant] as const);
});

const lines: Line[] = [];
let compared = 0;
let telling = 0;

const isExact = ({ exact, unavailability }: AnalyticResult): boolean => exact === true && unavailability !== undefined;

/** Sizes that any change of a scenario moves are left out of reasons. */
function claimOf(found: AnalyticResult): string {
  const { method, unavailability, refused } = found;
  if (isExact(found)) return `exact, ${method}`;
  const reason = (refused ?? '').replace(
    /\d+ elements that fail make some 2\^\d+ states/,
    'elements that fail make states',
  );
  return `${unavailability === undefined ? 'none' : method}: ${reason}`;
}

describe('law: simulated and exact agree on every variant of every scenario file, or it is known why there is nothing exact', () => {
  test.each(cases)('%s %s', async (file, variant) => {
    const loaded = readExample(file, variant);
    const { scenario } = loaded;
    const treatment = scenario.controlTreatment;
    const found = analyseScenario(scenario, [treatment], serviceStateSpace, LIMITS)[treatment];
    const visible = Object.keys(scenario.services);
    for (const id of visible) {
      lines.push({ where: `${file} ${variant ?? '(as it stands)'} ${id}`, claim: claimOf(found[id]!) });
    }
    const exact = visible.filter((id) => isExact(found[id]!));
    if (exact.length === 0) return;
    const options = { ...(BUDGETS[file] ?? OTHERS), seed: `every variant of ${file}` };
    const { services } = await simulate(withConfidence(loaded), options);
    for (const id of exact) {
      const { lo, hi, value } = services[id]!.unavailability;
      const { unavailability = 0, method } = found[id]!;
      const told = `${id}, ${method}: ${unavailability}, simulated ${value} [${lo}, ${hi}]`;
      expect(lo, told).toBeLessThanOrEqual(unavailability);
      expect(hi, told).toBeGreaterThanOrEqual(unavailability);
      compared++;
      if (hi < 3 * unavailability) telling++;
    }
  });

  test('how many were compared, and most of them closely', () => {
    expect(compared).toBeGreaterThan(60);
    expect(telling / compared).toBeGreaterThan(0.6);
  });

  test('non-regression: what is exact and why the rest is not', async () => {
    const text = lines.map(({ where, claim }) => `${where}: ${claim}\n`).join('');
    await expect(text).toMatchFileSnapshot('../golden/exactness.txt');
  });
});
