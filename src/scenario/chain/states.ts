import { didYouMean } from '../read/suggest.ts';
import { isListTree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { text } from '../resolve/parsers.ts';

/** One state name of the list; reported when there is no such state. */
export function stateOf(section: Section, states: readonly string[]): string | undefined {
  const state = section.exists ? text(section) : section.problem('missing-key', 'a state is missing here');
  if (state === undefined || states.includes(state)) return state;
  return section.problem('unknown-state', `there is no state "${state}"`, didYouMean(state, states, 'states'));
}

/** One state name or a list of them. */
export function statesOf(section: Section, states: readonly string[]): string[] {
  const parts = isListTree(section.tree) ? section.items() : [section];
  return parts.map((part) => stateOf(part, states)).filter((state) => state !== undefined);
}

/** A map from state names to values; unknown states are reported. */
export function byState(
  section: Section,
  states: readonly string[],
  parse: (part: Section) => number | undefined,
): Record<string, number> {
  const values: Record<string, number> = {};
  for (const part of section.entries()) {
    if (!states.includes(part.key)) {
      part.problem('unknown-state', `there is no state "${part.key}"`, didYouMean(part.key, states, 'states'), {
        part: 'key',
      });
    }
    const value = parse(part);
    if (value !== undefined) Object.defineProperty(values, part.key, { value, enumerable: true });
  }
  return values;
}
