import type { Chain, TransitionModel } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import { exploreChain } from '../chain/explore.ts';
import { availabilityFigures, expectedReward, statesWithReward } from '../chain/measures.ts';
import { steadyState } from '../chain/steady-state.ts';

/** Long-run figures of some services from one chain. */
export interface PartFigures {
  readonly states: number;
  /** Expected loss of each service. */
  readonly unavailability: readonly number[];
  /** Passages of each service from no loss to some loss, per hour. */
  readonly frequencyPerHour: readonly number[];
  /** Whether the service is either up or down, never partly served. */
  readonly binary: readonly boolean[];
  /** Probability of every combination of services that are not up together (bit i: service i), but for all up. */
  readonly joint: ReadonlyMap<number, number>;
  /** So many faults at a time were looked at; absent: any number. */
  readonly order?: number;
}

/** Why there are no figures. */
export interface Refusal {
  readonly refused: string;
  /** The chain was given up after so many states; 0 when it was refused for anything but its size. */
  readonly states: number;
}

/** Combinations of services are bits of a number. */
export const MOST_SERVICES = 30;

/** Figures of every service of a state space, or why it cannot be solved. */
export function solveSpace(space: TransitionModel, maximumStates: number): PartFigures | Refusal {
  try {
    const { chain } = exploreChain(space, { maximumStates });
    return figuresOf(chain);
  } catch (error) {
    if (!(error instanceof InputError) || error.problems.some(({ level }) => level !== 'unsupported')) throw error;
    const { code, message } = error.problems[0]!;
    return { refused: message, states: code === 'too-many-states' ? maximumStates : 0 };
  }
}

/** @param chain with at most `MOST_SERVICES` rewards, losses in [0, 1] */
function figuresOf(chain: Chain): PartFigures {
  const { probability } = steadyState(chain);
  const masks = new Int32Array(chain.states);
  chain.rewards.forEach((reward, service) => {
    for (let state = 0; state < chain.states; state++) if (reward[state]! > 0) masks[state]! |= 1 << service;
  });
  const joint = new MaskSums();
  for (let state = 0; state < chain.states; state++) joint.add(masks[state]!, probability[state]!);
  return {
    states: chain.states,
    unavailability: chain.rewards.map((reward) => expectedReward(probability, reward)),
    frequencyPerHour: chain.rewards.map(
      (reward) => availabilityFigures(chain, probability, statesWithReward(reward)).frequencyPerHour,
    ),
    binary: chain.rewards.map((reward) => reward.every((loss) => loss === 0 || loss === 1)),
    joint: joint.sums(),
  };
}

/** The figures of some of the services, in the order given. */
export function figuresOfSome(figures: PartFigures, services: readonly number[]): PartFigures {
  const joint = new MaskSums();
  for (const [mask, probability] of figures.joint) {
    joint.add(
      services.reduce((bits, service, i) => bits | (((mask >> service) & 1) << i), 0),
      probability,
    );
  }
  return {
    ...figures,
    unavailability: services.map((service) => figures.unavailability[service]!),
    frequencyPerHour: services.map((service) => figures.frequencyPerHour[service]!),
    binary: services.map((service) => figures.binary[service]!),
    joint: joint.sums(),
  };
}

/** Neumaier's sums by combination; that of nothing down is left out. */
class MaskSums {
  private readonly parts = new Map<number, { sum: number; lost: number }>();

  add(mask: number, value: number): void {
    if (mask === 0) return;
    let part = this.parts.get(mask);
    if (part === undefined) {
      part = { sum: 0, lost: 0 };
      this.parts.set(mask, part);
    }
    const next = part.sum + value;
    part.lost += Math.abs(part.sum) >= Math.abs(value) ? part.sum - next + value : value - next + part.sum;
    part.sum = next;
  }

  sums(): Map<number, number> {
    return new Map([...this.parts].map(([mask, { sum, lost }]) => [mask, sum + lost]));
  }
}
