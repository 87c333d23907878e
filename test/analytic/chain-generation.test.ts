import { describe, expect, it } from 'vitest';
import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { impulseReward } from '../../src/analytic/chain/measures.ts';
import { namedChain } from '../../src/analytic/chain/named.ts';
import { enumerateOutcomes } from '../../src/model/outcomes.ts';
import { InputError } from '../../src/model/problem.ts';

describe('enumerateOutcomes', () => {
  const collect = (run: (choose: (p: number) => boolean) => string): Map<string, number> => {
    const found = new Map<string, number>();
    let outcome = '';
    enumerateOutcomes(
      (choose) => {
        outcome = run(choose);
      },
      (probability) => found.set(outcome, (found.get(outcome) ?? 0) + probability),
    );
    return found;
  };

  it('visits a program without branches once', () => {
    expect([...collect(() => 'only')]).toEqual([['only', 1]]);
  });

  it('follows branches that depend on earlier answers, with their probabilities', () => {
    const found = collect((choose) => {
      if (choose(0.25)) return 'a';
      return choose(0.5) ? 'b' : choose(0.1) ? 'c' : 'd';
    });
    expect([...found.keys()].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(found.get('a')).toBe(0.25);
    expect(found.get('b')).toBe(0.375);
    expect(found.get('c')).toBeCloseTo(0.0375, 16);
    expect([...found.values()].reduce((x, y) => x + y, 0)).toBeCloseTo(1, 15);
  });

  it('does not try what is impossible', () => {
    const found = collect((choose) => `${choose(0)} ${choose(1)}`);
    expect([...found]).toEqual([['false true', 1]]);
  });

  it('enumerates all combinations of equal branches', () => {
    const found = collect((choose) => Array.from({ length: 10 }, () => (choose(0.5) ? 1 : 0)).join(''));
    expect(found.size).toBe(1024);
    expect(new Set(found.values())).toEqual(new Set([2 ** -10]));
  });
});

describe('exploreChain', () => {
  const counter = (length: number) => ({
    initial: Int32Array.of(0, -7),
    successors(state: Int32Array, emit: (rate: number, next: Int32Array) => void) {
      const next = state.slice();
      if (state[0]! < length - 1) {
        next[0] = state[0]! + 1;
        emit(2, next);
        emit(1, next);
      }
      emit(5, state);
      next[0] = -1;
      emit(0, next);
      next[0] = 0;
      emit(0.5, next);
    },
    rewardCount: 1,
    reward(state: Int32Array, out: Float64Array) {
      out[0] = state[0]!;
    },
  });

  it('numbers states in order of discovery, adds equal targets, drops loops and impossible moves', () => {
    const { chain, vectors, width } = exploreChain(counter(3));
    expect(width).toBe(2);
    expect(Array.from(vectors)).toEqual([0, -7, 1, -7, 2, -7]);
    expect(Array.from(chain.offset)).toEqual([0, 1, 3, 4]);
    expect(Array.from(chain.to)).toEqual([1, 2, 0, 0]);
    expect(Array.from(chain.rate)).toEqual([3, 3, 0.5, 0.5]);
    expect(Array.from(chain.rewards[0]!)).toEqual([0, 1, 2]);
  });

  it('refuses to grow without limit and says so', () => {
    expect(() => exploreChain(counter(1e9), { maximumStates: 1000 })).toThrowError(InputError);
    expect(() => exploreChain(counter(1e9), { maximumStates: 1000 })).toThrowError(/more than 1000 states/);
  });

  it('refuses a negative rate', () => {
    const model = {
      ...counter(2),
      successors: (_: Int32Array, emit: (r: number, n: Int32Array) => void) => emit(-1, Int32Array.of(1, 1)),
    };
    expect(() => exploreChain(model)).toThrowError(/rate -1/);
  });
});

describe('namedChain', () => {
  it('reports every problem at once', () => {
    const bad = () =>
      namedChain({
        states: ['a', 'a', 'b'],
        start: { a: 0.5 },
        transitions: [
          { from: 'a', to: 'c', rate: 1 },
          { from: 'a', to: 'b', rate: -1 },
        ],
        rewards: {},
      });
    try {
      bad();
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).problems.map((p) => p.code).sort()).toEqual([
        'duplicate-state',
        'rate-out-of-range',
        'start-probabilities',
        'unknown-state',
      ]);
    }
  });

  it('turns rewards at transitions into reward rates', () => {
    const { chain } = namedChain({
      states: ['up', 'down'],
      start: { up: 1 },
      transitions: [
        { from: 'up', to: 'down', rate: 0.1 },
        { from: 'down', to: 'up', rate: 2 },
      ],
      rewards: {},
    });
    expect(Array.from(impulseReward(chain, (_, to) => (to === 0 ? 1 : 0)))).toEqual([0, 2]);
  });
});
