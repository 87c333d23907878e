import type { Chain, ChainNames, WrittenChain } from '../../model/chain.ts';
import { InputError, type Problem } from '../../model/problem.ts';
import { RowBuilder } from './rows.ts';

/**
 * Turns the names of a written chain into numbers.
 *
 * @throws InputError with every problem found: duplicate or unknown states, rates that are negative or not finite,
 * start probabilities that do not sum to 1.
 */
export function namedChain(written: WrittenChain): { chain: Chain; names: ChainNames } {
  const problems: Problem[] = [];
  const report = (code: string, message: string, path: string): void => {
    problems.push({ level: 'error', code, message, path });
  };
  const index = new Map<string, number>();
  written.states.forEach((state, i) => {
    if (index.has(state)) report('duplicate-state', `state '${state}' is listed twice`, `states[${i}]`);
    else index.set(state, i);
  });
  const find = (state: string, path: string): number => {
    const found = index.get(state);
    if (found === undefined) report('unknown-state', `state '${state}' is not among the states of the chain`, path);
    return found ?? 0;
  };

  const { start } = written;
  const startStates = Object.keys(start);
  const state = Int32Array.from(startStates, (name) => find(name, 'start'));
  const probability = Float64Array.from(startStates, (name) => start[name]!);
  const total = probability.reduce((a, b) => a + b, 0);
  if (!(Math.abs(total - 1) <= 1e-9) || probability.some((p) => !(p >= 0))) {
    report('start-probabilities', `the start probabilities sum to ${total}; they must be ≥ 0 and sum to 1`, 'start');
  }

  const bySource: [number, number][][] = written.states.map(() => []);
  written.transitions.forEach(({ from, to, rate }, t) => {
    const path = `transitions[${t}]`;
    if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY)) {
      report(
        'rate-out-of-range',
        `the rate ${rate} per hour from '${from}' to '${to}' must be finite and not negative`,
        path,
      );
    }
    bySource[find(from, path)]?.push([find(to, path), rate]);
  });
  const rewardsByState = Object.values(written.rewards);
  for (const [name, reward] of Object.entries(written.rewards)) {
    for (const [state, value] of Object.entries(reward)) {
      find(state, `rewards.${name}`);
      if (!Number.isFinite(value))
        report('reward-out-of-range', `reward '${name}' of '${state}' is ${value}`, `rewards.${name}`);
    }
  }
  if (written.states.length === 0) report('no-states', 'a chain needs at least one state', 'states');
  if (problems.length > 0) throw new InputError(problems);

  const rows = new RowBuilder();
  for (const transitions of bySource) {
    for (const [to, rate] of transitions) rows.add(to, rate);
    rows.endRow();
  }
  const rewards = rewardsByState.map((reward) =>
    Float64Array.from(written.states, (state) => (Object.hasOwn(reward, state) ? reward[state]! : 0)),
  );
  return {
    chain: { ...rows.finish(), initial: { state, probability }, rewards },
    names: { states: written.states, rewards: Object.keys(written.rewards) },
  };
}
