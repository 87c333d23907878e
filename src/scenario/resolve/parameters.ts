import type { Default } from '../../catalogue/defaults.ts';
import type { Flow, Step } from '../../model/flow.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Parser, Section } from './context.ts';

/** Names of parameters that the steps of a flow use, by `of`. */
export function parameterNames(flow: Flow | undefined, of: (step: Step) => unknown): readonly string[] {
  const steps = flow === undefined ? [] : [...flow.remediation, ...flow.recovery];
  return steps.map(of).filter((name) => typeof name === 'string');
}

/**
 * Parameters of the catalogue with their defaults, and those that only the group's own flow names. The `optional` ones
 * belong to mechanisms that most groups do not have; they are no part of a group without them.
 */
export function readParameters<T>(
  part: Section,
  standard: readonly string[],
  fallbacks: Readonly<Record<string, Default>>,
  parse: Parser<T>,
  applies: (name: string) => boolean,
  inFlow: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, T>> {
  const values: Record<string, T> = {};
  for (const name of standard) {
    if (optional.includes(name) && !applies(name) && !part.has(name)) continue;
    values[name] = part.defaulted(name, parse, fallbacks[name]!, applies(name));
  }
  for (const name of new Set(inFlow)) {
    if (standard.includes(name)) continue;
    const value = part.optional(name, parse);
    if (value !== undefined) values[name] = value;
    else if (!part.has(name))
      part.at(name).problem('missing-key', `the flow names "${name}" and nothing says how long it is`);
  }
  for (const entry of part.entries()) {
    if (standard.includes(entry.key) || inFlow.includes(entry.key)) continue;
    const hint = didYouMean(entry.key, [...standard, ...inFlow], 'parameters');
    entry.problem('unknown-key', 'no step of the flow names this parameter', hint, { part: 'key' });
  }
  return values;
}
