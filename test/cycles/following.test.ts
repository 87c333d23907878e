import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { FollowingChoice } from '../../src/simulate/cycles/choices/following.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';

const CONTEXT = 1;
const STRATUM = 1;

/** One that has been taught by 100 samples of ten events, each worth 3 or 1 by turns, all of which were followed. */
function taught({ chance = 1, worth = 0.25, events = 4, times = 100 } = {}): FollowingChoice {
  const following = new FollowingChoice(2, 2);
  for (let i = 0; i < times; i++) {
    following.learn(CONTEXT, chance, worth, events);
    following.learnSample(STRATUM, i % 2 === 0 ? 3 : 1, 10);
  }
  following.teach(following.takeLesson());
  following.useLearned();
  return following;
}

describe('whether an incident is followed into a further failure', () => {
  it('by the square of what comes of it for each event, against the variance of a sample for each of its events', () => {
    // √(0.25²/4 ÷ 1/10)
    expect(taught().chance(STRATUM, CONTEXT)).toBeCloseTo(Math.sqrt(0.0625 * 2.5), 12);
    expect(taught({ worth: 0.5, events: 8 }).chance(STRATUM, CONTEXT)).toBeCloseTo(Math.sqrt(0.25 * 1.25), 12);
  });

  it('law: the chance by which it was followed when that was learned makes no difference', () => {
    // Half of them, each worth twice as much.
    const halved = taught({ chance: 0.5, worth: 0.5 });
    expect(halved.chance(STRATUM, CONTEXT)).toBeCloseTo(taught().chance(STRATUM, CONTEXT), 12);
  });

  it('is never more than certain, and never less than one in four', () => {
    expect(taught({ worth: 1e3 }).chance(STRATUM, CONTEXT)).toBe(1);
    expect(taught({ worth: 0 }).chance(STRATUM, CONTEXT)).toBe(0.25);
  });

  it('is certain where nothing is known: before a lesson, of little, of other contexts and strata', () => {
    const untaught = new FollowingChoice(2, 2);
    untaught.learn(CONTEXT, 1, 0.25, 4);
    expect(untaught.chance(STRATUM, CONTEXT)).toBe(1);
    expect(taught({ times: 10 }).chance(STRATUM, CONTEXT)).toBe(1);
    expect(taught().chance(STRATUM, 0)).toBe(1);
    expect(taught().chance(0, CONTEXT)).toBe(1);
  });

  it('is certain where samples came to nothing, or all to the same', () => {
    const following = new FollowingChoice(2, 2);
    for (let i = 0; i < 100; i++) {
      following.learn(CONTEXT, 1, 0, 4);
      following.learnSample(0, 0, 10);
      following.learnSample(1, 1, 10);
    }
    following.teach(following.takeLesson());
    following.useLearned();
    expect([following.chance(0, CONTEXT), following.chance(1, CONTEXT)]).toEqual([1, 1]);
    expect(following.takeLesson()).toEqual([]);
  });

  it('beyond what is forced it is as likely as a failure, at least 0.15', () => {
    const following = taught();
    expect([0.01, 0.4, 1].map((mass) => following.chanceBeyond(mass))).toEqual([0.15, 0.4, 1]);
  });

  it('law: it changes the cost, not the mean', async () => {
    const { scenario } = readExample('pair-chain');
    const model = compile(scenario);
    const cycles = await cyclesOf(model, { service: 0, seed: 'following', precision: 0.01 });
    expect(cycles.stop).toBe('precision');
    // Always followed: 1.4 million.
    expect(cycles.events).toBeLessThan(800_000);
    expect(Math.abs(deviation(cycles, solve(scenario).unavailability(0)))).toBeLessThan(3.5);
  });
});
