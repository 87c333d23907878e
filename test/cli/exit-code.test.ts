import { expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { result } from '../report/fixtures/result.ts';
import { invoke, SCENARIO } from './support.ts';

type Target = Result['targets'][number];

function withTargets(...targets: readonly Pick<Target, 'level' | 'verdict'>[]): Result {
  return { ...result, targets: targets.map((target) => ({ ...result.targets[0]!, ...target })) };
}

const met = { level: 'error', verdict: 'pass' } as const;
const missed = { level: 'error', verdict: 'fail' } as const;
const open = { level: 'error', verdict: 'undecided' } as const;

test.each([
  ['no targets', withTargets(), 0],
  ['all met', withTargets(met, met), 0],
  ['one missed', withTargets(met, missed), 1],
  ['one undecided', withTargets(met, open), 3],
  ['missed outweighs undecided', withTargets(open, missed), 1],
  [
    'warnings decide nothing',
    withTargets(met, { level: 'warn', verdict: 'fail' }, { level: 'warn', verdict: 'undecided' }),
    0,
  ],
])('%s', async (_what, outcome, code) => {
  const { code: given } = await invoke(['run', SCENARIO], { api: { simulate: () => Promise.resolve(outcome) } });
  expect(given).toBe(code);
});
