import type { FailureMode, Group, Scenario } from '../../../src/model/scenario.ts';
import { exponential } from '../../core/support/build.ts';

/** The scenario with every exponential failure so many times rarer. */
export function rarer(raw: Scenario, factor: number): Scenario {
  const modes = (list: readonly FailureMode[]): FailureMode[] =>
    list.map((each) =>
      each.timeToFailure.kind === 'exponential'
        ? { ...each, timeToFailure: exponential(each.timeToFailure.mean * factor) }
        : each,
    );
  const record = <T extends { readonly failures: readonly FailureMode[] }>(of: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, { ...value, failures: modes(value.failures) }]));
  return {
    ...raw,
    elements: record(raw.elements),
    control: record(raw.control),
    sites: Object.fromEntries(
      Object.entries(raw.sites).map(([id, each]) => [
        id,
        { ...each, failures: modes(each.failures), domains: record(each.domains), nodes: record(each.nodes) },
      ]),
    ),
    groups: Object.fromEntries(
      Object.entries(raw.groups).map(([id, each]): [string, Group] => [
        id,
        { ...each, instance: each.instance.map((layer) => ({ ...layer, failures: modes(layer.failures) })) },
      ]),
    ),
  };
}
