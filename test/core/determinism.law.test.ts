import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { simulate } from '../../src/index.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../../src/model/time.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import {
  element,
  exponential,
  type fixed,
  group,
  itself,
  mode,
  REPLACEMENT,
  scenario,
  service,
} from './support/build.ts';
import { drive } from './support/driver.ts';
import { readExample } from './support/files.ts';
import { simulateElsewhere } from './support/other-process.ts';
import { randomScenario } from './support/random-scenario.ts';
import { randomSharing } from './support/random-sharing.ts';

const DAY = 86_400;
/** Members that stand by, and members that share the load. */
const anyScenario = fc.oneof(randomScenario(), randomSharing());
const YEARS = 4 / 365;

describe('law: a reset run equals a fresh one', () => {
  it('whatever ran before, and with a warm-up', () => {
    fc.assert(
      fc.property(anyScenario, fc.constantFrom(0, 0.5 * DAY), (random, warmUp) => {
        const model = compile(random);
        const used = new HistoryRunner(model, 'reset');
        for (let i = 0; i < 3; i++) used.run(i, YEARS, warmUp);
        const fresh = new HistoryRunner(model, 'reset');
        expect(used.run(3, YEARS, warmUp)).toStrictEqual(fresh.run(3, YEARS, warmUp));
      }),
      { seed: 20_240_602, numRuns: 150 },
    );
  });

  it('histories do not depend on the order they are run in', () => {
    const model = compile(readExample('active-standby').scenario);
    const forwards = new HistoryRunner(model, 'order');
    const backwards = new HistoryRunner(model, 'order');
    const records = [0, 1, 2, 3].map((i) => forwards.run(i, 5, 0));
    for (const i of [3, 2, 1, 0]) expect(backwards.run(i, 5, 0)).toStrictEqual(records[i]);
  });
});

describe('law: the journal undoes everything', () => {
  it('rewinding to any earlier position restores the state exactly', () => {
    fc.assert(
      fc.property(anyScenario, fc.array(fc.nat(400), { minLength: 1, maxLength: 6 }), (random, picks) => {
        const driver = drive(compile(random), 'journal', new SilentObserver());
        const { world } = driver.process;
        const kept: { position: number; ints: Int32Array; reals: Float64Array }[] = [];
        let event = 0;
        const keep = (): void => {
          kept.push({ position: world.journalPosition, ints: world.ints.slice(), reals: world.reals.slice() });
        };
        driver.clocks.begin(0);
        driver.process.reset();
        world.keepJournal();
        keep();
        driver.resume(4 * DAY * MICROSECONDS_PER_SECOND, () => {
          if (picks.includes(event++)) keep();
        });
        for (const { position, ints, reals } of kept.reverse()) {
          world.rewind(position);
          expect(world.ints).toStrictEqual(ints);
          expect(world.reals).toStrictEqual(reals);
        }
      }),
      { seed: 20_240_603, numRuns: 300 },
    );
  });
});

describe('law: the same scenario and seed give the same bytes', () => {
  const options = { years: 20, histories: 12, seed: 'bytes' };

  it('twice in one process, and in another one', async () => {
    const { scenario: read, digest } = readExample('active-standby');
    const first = JSON.stringify(await simulate({ scenario: read, digest }, options));
    expect(JSON.stringify(await simulate({ scenario: read, digest }, options))).toBe(first);
    expect(simulateElsewhere('active-standby', options)).toBe(first);
  });

  it('another seed gives others', async () => {
    const read = readExample('active-standby');
    const first = await simulate(read, options);
    const second = await simulate(read, { ...options, seed: 'other bytes' });
    expect(second.services['voice']!.dpm.all.value).not.toBe(first.services['voice']!.dpm.all.value);
  });
});

/** Times at which each failure mode struck, by name. */
function failureTimes(of: Scenario, seed = 'names'): Map<string, number[]> {
  const model = compile(of);
  const times = new Map<string, number[]>();
  class Log extends SilentObserver {
    override failed(now: number, struck: number): void {
      const name = `${model.names.elements[model.modes.element[struck]!]}:${model.names.modes[struck]}`;
      times.set(name, [...(times.get(name) ?? []), now]);
    }
  }
  drive(model, seed, new Log()).history(0, 200 * DAY * MICROSECONDS_PER_SECOND);
  return times;
}

describe('law: the histories of elements belong to their names', () => {
  const own = mode(exponential(4 * DAY), itself(exponential(DAY / 2)), { id: 'own' });
  const member = mode({ kind: 'weibull', scale: 6 * DAY, shape: 2 }, REPLACEMENT, { id: 'member' });
  const base = scenario({
    elements: { a: element([own]), b: element([own], { count: 2 }), c: element([own], { on: 'a' }) },
    groups: { pair: { ...group([member]), flow: 'FL-01', times: timesOf(), probabilities: { switch: 0.7 } } },
    services: { all: service({ kind: 'all', inputs: ['a', 'b', 'c', 'pair'].map((of) => ({ kind: 'leaf', of })) }) },
  });

  function timesOf(): Record<string, ReturnType<typeof fixed>> {
    const names = ['activation', 'addressTakeover', 'terminate', 'spawn', 'configure', 'manualRestore'];
    return Object.fromEntries(names.map((name) => [name, exponential(600)]));
  }

  const before = failureTimes(base);

  it('fail at all', () => {
    expect([...before.keys()].sort()).toEqual([
      'a:own',
      'b-1:own',
      'b-2:own',
      'c:own',
      'pair/1:member',
      'pair/2:member',
    ]);
    for (const times of before.values()) expect(times.length).toBeGreaterThan(10);
  });

  it('stay what they are when unrelated elements and groups are added', () => {
    const after = failureTimes({
      ...base,
      elements: { first: element([own]), ...base.elements, last: element([own], { count: 3 }) },
      groups: { front: { ...base.groups['pair']!, members: 3 }, ...base.groups },
      services: { ...base.services, more: service('front') },
    });
    for (const [name, times] of before) expect(after.get(name), name).toEqual(times);
  });

  it('stay what they are when maps are in another order', () => {
    const turned = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
      Object.fromEntries(Object.entries(map).reverse());
    const after = failureTimes({ ...base, elements: turned(base.elements), services: turned(base.services) });
    for (const [name, times] of before) expect(after.get(name), name).toEqual(times);
  });

  it('go with a new name to a new history, and leave the others alone', () => {
    const { a, ...rest } = base.elements;
    const { c, ...others } = rest;
    const after = failureTimes({
      ...base,
      elements: { ...others, renamed: a!, c: { ...c!, on: 'renamed' } },
      services: { all: service('renamed') },
    });
    for (const name of ['b-1:own', 'b-2:own', 'pair/1:member', 'pair/2:member']) {
      expect(after.get(name), name).toEqual(before.get(name));
    }
    expect(after.get('renamed:own')).not.toEqual(before.get('a:own'));
  });

  it('1 of 4 parameters changes nothing but what hangs on it', () => {
    // Twice the repair time of a: b and the pair do not notice (common random numbers).
    const slow = mode(exponential(4 * DAY), itself(exponential(DAY)), { id: 'own' });
    const after = failureTimes({ ...base, elements: { ...base.elements, a: element([slow]) } });
    for (const name of ['b-1:own', 'b-2:own', 'pair/1:member', 'pair/2:member']) {
      expect(after.get(name), name).toEqual(before.get(name));
    }
    expect(after.get('a:own')![0]).toBe(before.get('a:own')![0]);
  });
});
