import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/measures/statistics/proportion.ts';
import { targetSheet } from '../../src/measures/target-sheet.ts';
import type { GroupResult, ImperfectResult, Trials } from '../../src/model/result.ts';
import { result } from '../report/fixtures/result.ts';

const trials = (successes: number, attempts: number): Trials => ({
  attempts,
  successes,
  ratio: attempts === 0 ? null : wilson(successes, attempts, 0.95),
});
const group = (rest: Partial<GroupResult>): GroupResult => ({ ...result.groups['sbc']!, ...rest });

/** What of it only some models let go wrong. */
const managed = (rest: Partial<ImperfectResult>): { readonly imperfect: ImperfectResult } => {
  const never = { value: 0, lo: 0, hi: 0, method: 'poisson', n: 1 } as const;
  return {
    imperfect: {
      falseAlarmsPerYear: never,
      racesPerYear: never,
      alarmAttempts: 0,
      localisation: null,
      containment: null,
      splitBrainsPerYear: never,
      splitBrainSecondsPerYear: never,
      ...rest,
    },
  };
};

describe('the sheet of engineering targets (B-52)', () => {
  const sheet = (groups: Readonly<Record<string, GroupResult>>) =>
    Object.fromEntries(targetSheet({ services: result.services, groups }, 0.95).map((each) => [each.id, each]));

  it('names the group that is furthest from each target, with its trials', () => {
    const lines = sheet({
      good: group({ ...managed({ localisation: wilson(1000, 1000, 0.95) }), coverage: trials(500, 500) }),
      bad: group({ ...managed({ localisation: wilson(990, 1000, 0.95) }), coverage: trials(499, 500) }),
      none: group({ coverage: trials(0, 0) }),
    });
    expect(lines['localisation']).toMatchObject({ of: 'bad', trials: 1000, successes: 990, verdict: 'fail' });
    expect(lines['detectionCoverage']).toMatchObject({ of: 'bad', trials: 500, successes: 499 });
    expect(lines['containment']).toMatchObject({ of: null, estimate: null, trials: 0, verdict: 'undecided' });
  });

  it('no number of trials without a failure passes 100 %: it stays undecided', () => {
    const lines = sheet({ only: group(managed({ containment: wilson(299_572, 299_572, 0.95) })) });
    expect(lines['containment']!.verdict).toBe('undecided');
    expect(lines['containment']!.samples!.at(-1)).toEqual({ probability: 0.99999, trials: 299_572 });
  });

  it('the downtime is that of the worst service, without what external parties cause', () => {
    const voice = result.services['voice']!;
    const attributable = { ...voice.dpm.all, value: 20, lo: 15, hi: 25 };
    const services = { voice: { ...voice, dpm: { ...voice.dpm, attributable } } };
    const [line] = targetSheet({ services, groups: {} }, 0.95);
    expect(line).toMatchObject({ of: 'voice', limit: 31.5, verdict: 'pass', estimate: attributable });
  });
});
