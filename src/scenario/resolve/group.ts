import { DEFAULTS, PROBABILITY_NAMES, TIME_NAMES } from '../../catalogue/defaults.ts';
import { type Flow, holds, type Step } from '../../model/flow.ts';
import type { Law } from '../../model/law.ts';
import type { Group, InstanceLayer, SchemeId, StateKeeping } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { readDetection } from './detection.ts';
import type { Detectors } from './detectors.ts';
import type { Surroundings } from './elements.ts';
import { readFailures } from './failures.ts';
import type { Flows } from './flows.ts';
import { law } from './law.ts';
import { parameterNames, readParameters } from './parameters.ts';
import {
  choice,
  count,
  countOrUnlimited,
  flag,
  numberFrom,
  positiveTime,
  probability,
  text,
  time,
  timeOrNever,
} from './parsers.ts';
import { readPlacement } from './placement.ts';
import { readState } from './state.ts';
import { withType } from './types.ts';
import { checkUnusedTimes } from './unused-times.ts';

export interface GroupSurroundings extends Surroundings {
  readonly flows: Flows;
  readonly detectors: Detectors;
  readonly control: ControlPath;
}

const defaults = DEFAULTS.group;

/** Protection groups by id. */
export function readGroups(section: Section, around: GroupSurroundings): Readonly<Record<string, Group>> {
  return Object.fromEntries(
    section.entries().map((part) => [part.key, around.control.within(part.key, () => readGroup(part, around))]),
  );
}

function readGroup(part: Section, around: GroupSurroundings): Group {
  const scheme = part.defaulted('scheme', choice(['simplex', 'active-standby']), defaults.scheme);
  const simplex = scheme === 'simplex';
  const members = simplex ? simplexMembers(part) : part.defaulted('members', count(2), defaults.members);
  const instance = readInstance(part, around);
  const placement = readPlacement(part.at('placement'), around.names);
  const state = readState(part.at('state'), scheme, around.names);
  const flow = readFlow(part, scheme, state, around.flows);
  const steps =
    flow === undefined ? [] : [...flow.remediation, ...flow.recovery].filter((step) => holds(step.when, state));
  const cold = readStandbyKind(part, simplex) === 'cold';
  const detection = readDetection(part.at('detection'), simplex, around.detectors, around.control);
  const asking = steps.some((step) => step.needs.some((need) => Object.hasOwn(around.control.functions, need)));
  const manualEscalation = part.defaulted('manualEscalation', timeOrNever, defaults.manualEscalation, asking);
  const byHand =
    Math.min(detection.coverage, detection.coverageExposed) < 1 ||
    steps.some((step) => step.onFailure === 'manual') ||
    (asking && Number.isFinite(manualEscalation));
  const uses = (name: string): boolean => (name === 'manualRestore' && byHand) || (name === 'coldStart' && cold);
  return {
    scheme,
    members,
    instance,
    placement,
    standby: {
      kind: cold ? 'cold' : 'hot',
      rateFactor: part
        .at('standby')
        .defaulted('rateFactor', numberFrom(0), defaults.standby.rateFactor, !simplex && !cold),
    },
    flow: flow?.id ?? '',
    times: readTimes(part.at('times'), steps, flow, uses),
    probabilities: readProbabilities(part.at('probabilities'), steps, flow),
    detection,
    recovery: readRecovery(part.at('recovery'), simplex),
    state,
    retry: part.defaulted('retry', time, defaults.retry, asking),
    manualEscalation,
    failoverDeadline: part.at('failover').defaulted('deadline', positiveTime, defaults.failover.deadline, !simplex),
    failoverTarget: part.at('failover').defaulted('target', positiveTime, defaults.failover.target, !simplex),
  };
}

function simplexMembers(part: Section): number {
  const members = part.optional('members', count(1)) ?? 1;
  if (members > 1)
    part
      .at('members')
      .problem('wrong-members', `a simplex group has one member, got ${members}`, 'scheme: active-standby');
  return 1;
}

function readStandbyKind(part: Section, simplex: boolean): 'hot' | 'cold' {
  return part.at('standby').defaulted('kind', choice(['hot', 'cold']), defaults.standby.kind, !simplex);
}

function readInstance(part: Section, around: GroupSurroundings): readonly InstanceLayer[] {
  if (part.has('instance') && part.has('failures')) {
    part
      .at('failures')
      .problem('conflicting-keys', '"failures" and "instance" both describe the instance', undefined, { part: 'key' });
  }
  if (!part.has('instance')) {
    const owner = { kind: 'app', layer: true, inSite: false, name: part.key } as const;
    if (!part.has('failures'))
      part.problem('missing-key', 'a group needs "instance" or "failures"', undefined, { part: 'key' });
    return [{ id: 'app', kind: 'app', failures: readFailures(part, owner, around.policies) }];
  }
  const layers = part.at('instance').entries();
  if (layers.length === 0)
    part.at('instance').problem('missing-key', 'an instance needs at least one layer', undefined, { part: 'key' });
  return layers.map((layer) => {
    const typed = withType(layer, around.types);
    const kind = layer.optional('kind', text) ?? typed.read('kind', text) ?? (layer.key === 'guest' ? 'guest' : 'app');
    if (kind !== 'guest' && kind !== 'app') {
      typed.at('type').problem('wrong-kind', `this type is a ${kind}; layers of an instance are of kind guest or app`);
    }
    const owner = { kind: kind === 'guest' ? 'guest' : 'app', layer: true, inSite: false, name: layer.key } as const;
    return { id: layer.key, kind: owner.kind, failures: readFailures(typed, owner, around.policies) };
  });
}

function readFlow(part: Section, scheme: SchemeId, state: StateKeeping, flows: Flows): Flow | undefined {
  const fenced = part.at('fencing').defaulted('required', flag, defaults.fencing, scheme !== 'simplex');
  const usual = state.stateful ? defaults.flowStateful : defaults.flowStateless;
  const id = part.defaulted('flow', text, scheme === 'simplex' ? defaults.flowSimplex : usual);
  const flow = flows.use(id, fenced, part.at('flow'));
  if (flow !== undefined && scheme !== 'simplex' && flow.remediation.length === 0) {
    part
      .at('flow')
      .problem('wrong-flow', `flow "${id}" has no failover, and this group has a standby`, 'use FL-01, FL-02 or FL-03');
  }
  if (flow !== undefined && scheme === 'simplex' && flow.remediation.some((step) => step.needs.includes('standby'))) {
    part.at('flow').problem('wrong-flow', `flow "${id}" needs a standby, and a simplex group has none`, 'use respawn');
  }
  return flow;
}

function readTimes(
  part: Section,
  steps: readonly Step[],
  flow: Flow | undefined,
  uses: (name: string) => boolean,
): Readonly<Record<string, Law>> {
  const named = new Set(steps.map((step) => step.duration).filter((duration) => typeof duration === 'string'));
  const applies = (name: string): boolean => named.has(name) || uses(name);
  checkUnusedTimes(part, flow);
  return readParameters(
    part,
    TIME_NAMES,
    DEFAULTS.times,
    law,
    applies,
    parameterNames(flow, (step) => step.duration),
  );
}

function readProbabilities(
  part: Section,
  steps: readonly Step[],
  flow: Flow | undefined,
): Readonly<Record<string, number>> {
  const named = new Set(steps.map((step) => step.success));
  const names = parameterNames(flow, (step) => step.success);
  return readParameters(part, PROBABILITY_NAMES, DEFAULTS.probabilities, probability, (name) => named.has(name), names);
}

function readRecovery(part: Section, simplex: boolean): Group['recovery'] {
  const { starts, concurrency, takeover } = defaults.recovery;
  return {
    starts: part.defaulted('starts', choice(['restored', 'detected']), starts, !simplex),
    concurrency: part.defaulted('concurrency', countOrUnlimited, concurrency, !simplex),
    takeover: part.defaulted('takeover', choice(['immediate', 'failover']), takeover, !simplex),
  };
}
