import { absorbing } from '../../analytic/chain/first-passage.ts';
import { lump } from '../../analytic/chain/lumping.ts';
import { availabilityFigures, statesWithReward } from '../../analytic/chain/measures.ts';
import { steadyState } from '../../analytic/chain/steady-state.ts';
import { transientRewards } from '../../analytic/chain/transient.ts';
import { CLUSTER_REWARDS, clusterStateSpace } from './models/cluster.ts';
import { telcoStateSpace } from './models/telco.ts';
import { referenceProducts } from './reference-exact.ts';
import { assert, assertClose, type Row, ratio, type Suite } from './suite.ts';

const STATES = 500_000;
const PRODUCTS = 20;
const REFERENCE = `${PRODUCTS} products of a vector with a sparse matrix of ${8 * STATES} entries, a plain loop`;

/** Large chains, generated and solved. */
export const chainsSuite: Suite = { name: 'chains', reference: REFERENCE, run: () => [generatedRow(), solvedRow()] };

/** The largest published workstation cluster over its whole mission. */
export const clusterSuite: Suite = { name: 'cluster', reference: REFERENCE, long: true, run: () => [clusterRow()] };

function speed(subject: () => void, repetitions?: number): number {
  const reference = (): void => assertClose(referenceProducts(STATES, PRODUCTS), 1, 1e-9, 'reference');
  return ratio(
    () => subject,
    () => reference,
    repetitions,
  );
}

function generatedRow(): Row {
  const { chain } = telcoStateSpace({ pairs: 2 });
  const work = `${chain.states} states, ${chain.to.length} transitions`;
  assert(chain.states === 596_608 && chain.to.length === 6_166_976, `telco chain: ${work}`);
  return {
    name: 'telco chain, two pairs: generated',
    work,
    check: 'both counts as published',
    ratio: speed(() => telcoStateSpace({ pairs: 2 })),
  };
}

function solvedRow(): Row {
  const { chain } = telcoStateSpace({ pairs: 2 });
  const { probability, sweeps, relativeError } = steadyState(chain);
  assert(relativeError < 1e-12, `telco chain: relative error ${relativeError}`);
  const { unavailability } = availabilityFigures(chain, probability, statesWithReward(chain.rewards[1]!));
  assertClose(unavailability, 1.77854910085e-9, 3e-12, 'both services down');
  return {
    name: 'telco chain, two pairs: solved',
    work: `${sweeps} sweeps`,
    check: `U(both) = ${unavailability.toPrecision(12)}`,
    ratio: speed(() => steadyState(chain)),
  };
}

/** Haverkort's cluster with N = 64 over 2 000 h; values of the quantitative verification benchmark set. */
function clusterRow(): Row {
  const { belowMinimum, operationalPercent, repairRate } = CLUSTER_REWARDS;
  let work = '';
  const subject = (): void => {
    const full = clusterStateSpace(64).chain;
    const { chain } = lump(full);
    const { points, steps } = transientRewards(chain, [20, 2000]);
    const [at20, at2000] = points as [(typeof points)[0], (typeof points)[0]];
    const first = lump(absorbing(chain, statesWithReward(chain.rewards[belowMinimum]!))).chain;
    const fallen = transientRewards(first, [2000]).points[0]!.instant[belowMinimum]!;
    assertClose(at20.instant[belowMinimum]!, 2.019270278e-6, 1e-9, 'below minimum at 20 h');
    assertClose(at20.instant[operationalPercent]!, 99.85848102, 1e-9, 'operational at 20 h');
    assertClose(at2000.accumulated[belowMinimum]!, 0.00421944377, 1e-9, 'hours below minimum');
    assertClose(at2000.accumulated[repairRate]!, 512.4818415, 1e-9, 'repairs');
    assertClose(fallen, 0.001044539673, 1e-9, 'ever below minimum');
    work = `${full.states} states lumped to ${chain.states} and ${first.states}, ${steps} steps`;
  };
  const once = speed(subject, 1);
  return { name: 'workstation cluster, N = 64', work, check: 'all five published values to 9 digits', ratio: once };
}
