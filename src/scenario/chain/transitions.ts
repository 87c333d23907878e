import type { WrittenTransition } from '../../model/chain.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import { isListTree, isMapTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { numberAbove, positiveRate, positiveTime, probability } from '../resolve/parsers.ts';
import { onlyKeys } from '../written/only-keys.ts';
import { statesOf } from './states.ts';

const TRANSITION_KEYS = ['from', 'to', 'rate', 'mean', 'probability', 'count'];

/** The transitions of a chain; one entry with several sources becomes one transition from each. */
export function readTransitions(section: Section, states: readonly string[]): WrittenTransition[] {
  if (!isListTree(section.tree)) {
    const code = section.exists ? 'wrong-type' : 'missing-key';
    section.problem(code, 'expected a list of transitions', 'for example - {from: up, to: down, rate: 4 / year}');
  }
  return section.items().flatMap((item): WrittenTransition[] => {
    if (!isMapTree(item.tree)) {
      item.problem('wrong-type', 'expected a transition such as {from: up, to: down, rate: 4 / year}');
      return [];
    }
    onlyKeys(item, TRANSITION_KEYS);
    const rate = transitionRate(item);
    const targets = statesOf(item.at('to'), states);
    const sources = statesOf(item.at('from'), states);
    if (rate === undefined || targets.length !== 1) {
      if (targets.length > 1)
        item
          .at('to')
          .problem(
            'wrong-type',
            'a transition leads to one state',
            'write one transition per outcome, with its probability',
          );
      return [];
    }
    return sources.map((from) => ({ from, to: targets[0]!, rate }));
  });
}

/** Rate in 1/hour with count and probability applied; undefined when a problem was reported. */
function transitionRate(item: Section): number | undefined {
  const both = item.has('rate') && item.has('mean');
  if (both || !(item.has('rate') || item.has('mean'))) {
    return item.problem(both ? 'conflicting-keys' : 'missing-key', 'a transition has either a rate or a mean time');
  }
  const mean = item.read('mean', positiveTime);
  const perHour = item.has('rate')
    ? item.read('rate', positiveRate)?.perHour
    : mean === undefined
      ? undefined
      : SECONDS_PER_HOUR / mean;
  const share = item.has('probability') ? item.read('probability', probability) : 1;
  const count = item.has('count') ? item.read('count', numberAbove(0)) : 1;
  if (perHour === undefined || share === undefined || count === undefined) return undefined;
  const rate = perHour * share * count;
  return Number.isFinite(rate) ? rate : item.problem('out-of-range', 'this rate is beyond all numbers');
}
