import type { WrittenChain } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import { isListTree, isMapTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { numberFrom, probability, text, time } from '../resolve/parsers.ts';
import { byPlace, openWritten, type WrittenKind, type WrittenOptions } from '../written/open-written.ts';
import { byState, stateOf, statesOf } from './states.ts';
import { readTransitions } from './transitions.ts';

export const CHAIN_FORMAT = 'carriergrade/chain/1';

/** A Markov chain read from a file, and the instants at which its writer wants to see it. */
export interface ReadChain {
  readonly name: string;
  readonly title: string;
  readonly chain: WrittenChain;
  /** Instants in hours, as written; empty when only the long run is asked for. */
  readonly hours: readonly number[];
}

export type ReadChainOptions = WrittenOptions;

const KIND: WrittenKind = {
  format: CHAIN_FORMAT,
  what: 'a chain',
  keys: ['format', 'name', 'title', 'states', 'start', 'transitions', 'rewards', 'at'],
};

/**
 * Reads a chain written in YAML:
 *
 *     format: carriergrade/chain/1
 *     states: [up, failing over, down]
 *     start: up                                  # or {up: 90 %, down: 10 %}
 *     transitions:
 *       - {from: up, to: failing over, rate: 4 / year, probability: 99 %}
 *       - {from: [failing over, down], to: up, mean: 50 ms}
 *     rewards:
 *       down: [down]                             # 1 in these states
 *       lost share: {failing over: 1, down: 0.5}
 *     at: [1 h, 1 year]
 *
 * A transition has a `rate` or the `mean` time until it happens, times `count` (for example units that can fail),
 * times `probability` of this outcome.
 *
 * @throws InputError with every problem found, each located in the text.
 */
export function readChain(source: string, options: ReadChainOptions = {}): ReadChain {
  const { root, problems, name, title } = openWritten(source, KIND, options);
  const body = readBody(root);
  const chain: WrittenChain = { ...body, rewards: readRewards(root.at('rewards'), body.states) };
  const hours = root.at('at').exists ? readInstants(root.at('at')) : [];
  if (problems.length > 0) throw new InputError(problems.sort(byPlace));
  return { name, title, chain, hours };
}

/** States, start and transitions under a section. */
export function readBody(section: Section): Omit<WrittenChain, 'rewards'> {
  const states = readStates(section.at('states'));
  return {
    states,
    start: readStart(section.at('start'), states),
    transitions: readTransitions(section.at('transitions'), states),
  };
}

function readStates(section: Section): string[] {
  if (!isListTree(section.tree) || section.items().length === 0) {
    section.problem(
      section.exists ? 'wrong-type' : 'missing-key',
      'expected a list of state names',
      'for example states: [up, down]',
    );
    return [];
  }
  const states: string[] = [];
  for (const item of section.items()) {
    const state = text(item);
    if (state === undefined) continue;
    if (states.includes(state)) item.problem('duplicate-state', `state "${state}" is listed twice`);
    else states.push(state);
  }
  return states;
}

function readStart(section: Section, states: readonly string[]): Record<string, number> {
  if (!section.exists) return states.length === 0 ? {} : { [states[0]!]: 1 };
  if (!isMapTree(section.tree)) {
    const state = stateOf(section, states);
    return state === undefined ? {} : { [state]: 1 };
  }
  const start = byState(section, states, probability);
  const sum = Object.values(start).reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-9)
    section.problem('start-probabilities', `the start probabilities sum to ${Number(sum.toPrecision(12))}, not to 1`);
  return start;
}

/** A list of states earns 1 in each of them; a map gives the reward of each. */
function readRewards(section: Section, states: readonly string[]): Record<string, Record<string, number>> {
  if (section.exists && !isMapTree(section.tree))
    section.problem('wrong-type', 'expected a map from names to states or rewards');
  const rewards: Record<string, Record<string, number>> = {};
  for (const part of section.entries()) {
    const values = isMapTree(part.tree)
      ? byState(part, states, numberFrom(0))
      : Object.fromEntries(statesOf(part, states).map((state) => [state, 1]));
    Object.defineProperty(rewards, part.key, { value: values, enumerable: true });
  }
  return rewards;
}

function readInstants(section: Section): number[] {
  const parts = isListTree(section.tree) ? section.items() : [section];
  return parts
    .map(time)
    .filter((seconds) => seconds !== undefined)
    .map((seconds) => seconds / SECONDS_PER_HOUR);
}
