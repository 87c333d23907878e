import { describe, expect, it } from 'vitest';
import { lump } from '../../src/analytic/chain/lumping.ts';
import { availabilityFigures, statesWithReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { telcoStateSpace } from '../../src/tools/bench/models/telco.ts';
import { agreesTo } from './digits.ts';

describe('reference: telco model, all phases exponential (methods 7.6)', () => {
  it('one pair: 2 048 states', () => {
    const { chain } = telcoStateSpace({ pairs: 1 });
    expect(chain.states).toBe(2048);
    const solved = steadyState(chain);
    const any = availabilityFigures(chain, solved.probability, statesWithReward(chain.rewards[0]!));
    expect(solved.method).toBe('iterative');
    agreesTo(any.unavailability, '8.56466315168e-6');
    agreesTo(any.frequencyPerHour, '9.17801158389e-4');
    agreesTo(any.mdtHours, '0.009331719701');

    const lumped = lump(chain).chain;
    expect(lumped.states).toBeLessThan(chain.states);
    agreesTo(
      availabilityFigures(lumped, steadyState(lumped).probability, statesWithReward(lumped.rewards[0]!)).unavailability,
      '8.56466315168e-6',
    );
  });

  it('two pairs: 596 608 states, twelve digits', () => {
    const { chain } = telcoStateSpace({ pairs: 2 });
    expect(chain.states).toBe(596_608);
    expect(chain.to.length).toBe(6_166_976);
    const { probability, relativeError } = steadyState(chain);
    expect(relativeError).toBeLessThan(1e-12);
    const any = availabilityFigures(chain, probability, statesWithReward(chain.rewards[0]!));
    agreesTo(any.unavailability, '1.71275495796e-5');
    agreesTo(any.frequencyPerHour, '1.83558579867e-3');
    const both = availabilityFigures(chain, probability, statesWithReward(chain.rewards[1]!));
    agreesTo(both.unavailability, '1.77854910085e-9');
    agreesTo(both.frequencyPerHour, '1.65181094352e-8');
    agreesTo(both.mdtHours, '0.1076726794');
  });
});
