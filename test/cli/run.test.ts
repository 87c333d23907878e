import { describe, expect, test } from 'vitest';
import { progressText } from '../../src/cli/progress.ts';
import type { SimulateOptions } from '../../src/index.ts';
import { result } from '../report/fixtures/result.ts';
import { invoke, SCENARIO } from './support.ts';

type Simulate = typeof import('../../src/index.ts')['simulate'];

test('options override the simulation section of the scenario, and only those that are given', async () => {
  let given: SimulateOptions = {};
  const simulate: Simulate = (_loaded, options = {}) => {
    given = options;
    return Promise.resolve(result);
  };
  const options = ['--seed', '7', '--years', '0.5', '--histories', '12', '--precision', '5 %', '--max-time', '1.5min'];
  await invoke(['run', SCENARIO, ...options], { api: { simulate } });
  expect(given).toMatchObject({ seed: '7', years: 0.5, histories: 12, precision: 0.05, maxTime: 90 });
  await invoke(['run', SCENARIO], { api: { simulate } });
  expect(Object.keys(given).sort()).toEqual(['clock', 'method', 'onProgress', 'signal', 'workers']);
});

test('--variant and --set change the scenario', async () => {
  let members: unknown;
  const simulate: Simulate = ({ scenario }) => {
    members = scenario.groups['sbc']?.retry;
    return Promise.resolve(result);
  };
  await invoke(
    ['run', SCENARIO, '--variant', 'fenced', '--set', 'groups.sbc.retry=3 s', '--set', 'groups.sbc.retry=4 s'],
    {
      api: { simulate },
    },
  );
  expect(members).toBe(4);
});

describe('an interrupt', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the run, reports what is finished and exits with %d', async (signal, expected) => {
    let send: (name: typeof signal) => void = () => {};
    const simulate: Simulate = (_loaded, options) => {
      send(signal);
      expect(options?.signal?.aborted).toBe(true);
      return Promise.resolve(result);
    };
    const { code, out, listening } = await invoke(['run', SCENARIO], { api: { simulate } }, (deliver) => {
      send = deliver;
    });
    expect(code).toBe(expected);
    expect(out).toContain('Service voice');
    expect(listening).toBe(0);
  });

  test('handlers do not outlive a run that fails', async () => {
    const { code, listening } = await invoke(['run', SCENARIO], {
      api: { simulate: () => Promise.reject(new Error('x')) },
    });
    expect({ code, listening }).toEqual({ code: 2, listening: 0 });
  });
});

describe('progress', () => {
  /** 100 histories, two a second on the injected clock. */
  function timed(): { readonly clock: () => number; readonly simulate: Simulate } {
    let now = 0;
    const simulate: Simulate = (_loaded, options) => {
      for (let histories = 1; histories <= 100; histories++) {
        now += 0.5;
        options?.onProgress?.({ histories, of: 100, years: histories * 200, events: histories * 12_345, workers: 1 });
      }
      return Promise.resolve(result);
    };
    return { clock: () => now, simulate };
  }

  test('none in a pipe', async () => {
    const { clock, simulate } = timed();
    expect((await invoke(['run', SCENARIO], { api: { simulate }, clock })).err).toBe('');
  });

  test('a plain line every five seconds when asked for', async () => {
    const { clock, simulate } = timed();
    const { err } = await invoke(['run', SCENARIO, '--progress'], { api: { simulate }, clock });
    const lines = err.split('\n').slice(0, -1);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('1 of at most 100 histories, at most 50 s left, 200 years, 12345 events');
  });

  test('one line that changes and goes away on a terminal', async () => {
    const { clock, simulate } = timed();
    const { err } = await invoke(['run', SCENARIO], { api: { simulate }, clock, terminal: 60 });
    expect(err).not.toContain('\n');
    expect(err).toContain('\r50 of at most 100 histories');
    for (const line of err.split('\r')) expect(line.length).toBeLessThan(60);
    expect(err).toMatch(/\r +\r$/);
  });

  test('none with --quiet', async () => {
    const { clock, simulate } = timed();
    const { err } = await invoke(['run', SCENARIO, '--quiet', '--progress'], {
      api: { simulate },
      clock,
      terminal: 60,
    });
    expect(err).toBe('');
  });

  test.each([
    [90, '90 s'],
    [600, '10 min'],
    [36_000, '10 h'],
  ])('%d s left are told as %s', (left, text) => {
    const state = { histories: 50, of: 100, years: 5000, events: 99_999, workers: 1 };
    expect(progressText(state, left)).toBe(
      `50 of at most 100 histories, at most ${text} left, 5000 years, 99999 events`,
    );
  });

  test('tells the widest interval so far and the threads at work', () => {
    const downtime = { value: 31.234, lo: 28.04, hi: 35.4, method: 'histories', n: 50 } as const;
    const worst = () => ({ service: 'voice', downtime });
    expect(progressText({ histories: 50, of: 100, years: 5000, events: 99_999, workers: 2, worst }, 90)).toBe(
      '50 of at most 100 histories, at most 90 s left, voice 31.2 s/year [28, 35], 5000 years, 99999 events, 2 workers',
    );
  });
});

test("the method is the option, else the scenario's, else chosen by what histories see", async () => {
  let given: SimulateOptions = {};
  const simulate: Simulate = (_loaded, options = {}) => {
    given = options;
    return Promise.resolve(result);
  };
  const methodOf = async (...options: readonly string[]): Promise<unknown> => {
    await invoke(['run', SCENARIO, ...options], { api: { simulate } });
    return given.method;
  };
  expect(await methodOf()).toBe('auto');
  expect(await methodOf('--set', 'simulation.method=histories')).toBe('histories');
  expect(await methodOf('--set', 'simulation.method=histories', '--method', 'cycles')).toBe('cycles');
});
