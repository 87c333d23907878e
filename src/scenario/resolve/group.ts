import { isDeepStrictEqual } from 'node:util';
import { DEFAULTS, type Default, PROBABILITY_NAMES, TIME_NAMES } from '../../catalogue/defaults.ts';
import type { FencingRules } from '../../catalogue/detours.ts';
import type { Notification } from '../../catalogue/notification.ts';
import { type Flow, holds, type Step } from '../../model/flow.ts';
import type { Law } from '../../model/law.ts';
import type { PathUpdate } from '../../model/port-chain.ts';
import type { Runtime } from '../../model/runtime.ts';
import { type Group, type InstanceLayer, SCHEMES, type SchemeId, type StateKeeping } from '../../model/scenario.ts';
import { isMapTree } from '../read/tree.ts';
import { readAgent } from './agent.ts';
import { heardBy, readCluster, vimsIn, withCluster } from './cluster.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { readDetection } from './detection.ts';
import { type Detectors, delayed } from './detectors.ts';
import type { Surroundings } from './elements.ts';
import { readFailures } from './failures.ts';
import { type Flavours, withBoot } from './flavours.ts';
import type { Flows } from './flows.ts';
import {
  readContainment,
  readFailFast,
  readFencing,
  readLayering,
  readSiblings,
  readSplitBrain,
  refuseForSharing,
  refuseOfPair,
} from './imperfect.ts';
import { law } from './law.ts';
import { faultLayers } from './monitoring.ts';
import { readNotification } from './notification.ts';
import { parameterNames, readParameters } from './parameters.ts';
import {
  choice,
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
import { readPolicy, withPolicy } from './policy.ts';
import { readRuntime } from './runtime.ts';
import { readMembers, sharesLoad } from './sharing.ts';
import { readState } from './state.ts';
import { withType } from './types.ts';
import { checkUnusedTimes } from './unused-times.ts';

export interface GroupSurroundings extends Surroundings {
  readonly flows: Flows;
  readonly detectors: Detectors;
  readonly flavours: Flavours;
  readonly control: ControlPath;
  /** How the path of a port chain follows the members of its hops, by group. */
  readonly paths: ReadonlyMap<string, PathUpdate>;
}

/** Of an escalation, seconds. */
const SHORTEST_STEP = 60;
const USUAL_STEP = 3600;
const defaults = DEFAULTS.group;
const UPDATE_TIMES: readonly string[] = ['apiCall', 'flowInstall'];
/** What detectors need of the agent in an instance. */
const OF_AGENTS: readonly string[] = ['guest-agent', 'registration'];

/** Protection groups by id. */
export function readGroups(section: Section, around: GroupSurroundings): Readonly<Record<string, Group>> {
  const parts = section.entries();
  // Where one group localises wrongly, another one is switched over.
  const misdirected = parts.some((part) => part.has('localisation'));
  const read = (part: Section): Group => around.control.within(part.key, () => readGroup(part, around, misdirected));
  const series = new Map<unknown, Series>();
  return Object.fromEntries(parts.map((part) => [part.key, readOfSeries(part, series, read)]));
}

/** Groups written out of one counted one (`expand/`), as far as they have been read. */
interface Series {
  readonly first: Group;
  /** Whether the second came out like the first: then their own names are of no account, and the others are the same. */
  readonly alike?: boolean;
}

function readOfSeries(part: Section, series: Map<unknown, Series>, read: (part: Section) => Group): Group {
  const content = isMapTree(part.tree) ? part.tree.content : undefined;
  const known = content === undefined ? undefined : series.get(content);
  if (known?.alike === true) return known.first;
  const group = read(part);
  if (content !== undefined && known?.alike === undefined) {
    const next: Series =
      known === undefined ? { first: group } : { ...known, alike: isDeepStrictEqual(known.first, group) };
    series.set(content, next);
    if (next.alike === true) return next.first;
  }
  return group;
}

function readGroup(written: Section, around: GroupSurroundings, misdirected: boolean): Group {
  const part = withCluster(written);
  const scheme = part.defaulted('scheme', choice(SCHEMES), defaults.scheme);
  const simplex = scheme === 'simplex';
  const standsBy = !simplex && !sharesLoad(scheme);
  const { members, sharing } = readMembers(part, scheme);
  const policy = readPolicy(part.at('policy'));
  const instance = withPolicy(readInstance(part, around), policy);
  const runtime = readRuntime(part, around.types);
  const { names, flavours } = around;
  const { placement, boot } = readPlacement(part.at('placement'), { names, flavours, vims: vimsIn(part) });
  const state = readState(part.at('state'), scheme, members, around.names);
  if (simplex) refuseOfPair(part);
  const fencing = readFencing(part.at('fencing'), simplex || sharesLoad(scheme), around);
  const notification = readNotification(part.at('notification'), around.control);
  const flow = readFlow(part, scheme, state, around.flows, { fencing, notification, path: around.paths.get(part.key) });
  const steps =
    flow === undefined ? [] : [...flow.remediation, ...flow.recovery].filter((step) => holds(step.when, state));
  const cold = readStandbyKind(part, standsBy) === 'cold';
  const confirmed = steps.some((step) => step.needs.includes('confirmed'));
  const revertive = standsBy && part.defaulted('revertive', flag, defaults.revertive, false);
  const modes = instance.flatMap(({ failures }) => failures);
  const gray = modes.some(({ manifestation }) => manifestation === 'gray');
  const predicted = modes.some(({ prediction }) => prediction !== undefined);
  const layering = readLayering(part.at('layering'));
  const found = readDetection(
    part.at('detection'),
    scheme,
    { confirmed, gray, runtime },
    around.detectors,
    around.control,
  );
  const seen = heardBy(part, found, around.control, simplex);
  const agent = readAgent(part.at('agent'), instance, around.policies);
  const layers = faultLayers(instance, {
    layered: part.has('instance'),
    placed: placement.pools.length > 0,
    agent: agent !== undefined,
    // Those with a latency of their own are no detector's business.
    gray: seen.gray !== undefined && seen.gray.latency === undefined,
  });
  const detectors = seen.detectors.map((one) => {
    const unseen = around.detectors.unseen(one.id, layers);
    if (unseen.length > 0) {
      const source = '[B] 2.10: what the detector covers';
      part.at('detection').derive(`${one.id}.unseen`, `[${unseen.join(', ')}]`, source);
    }
    const { reconfigured } = one;
    const latency = delayed(one.latency, layering.holdOff);
    const later =
      reconfigured === undefined
        ? {}
        : { reconfigured: { ...reconfigured, latency: delayed(reconfigured.latency, layering.holdOff) } };
    const needs = agent === undefined ? one.needs.filter((need) => !OF_AGENTS.includes(need)) : one.needs;
    return { ...one, latency, needs, ...later, ...(unseen.length === 0 ? {} : { unseen }) };
  });
  const detection = { ...seen, detectors };
  const alive = gray || detectors.some(({ falsePositives = 0 }) => falsePositives > 0);
  if (sharing !== undefined) {
    refuseForSharing(part, {
      'gray faults': gray,
      'false alarms': detectors.some(({ falsePositives = 0 }) => falsePositives > 0),
      'predicted failures': predicted,
    });
  }
  const containment = readContainment(part.at('containment'), around.names, simplex);
  const failFast = readFailFast(part.at('failFast'));
  if (failFast !== undefined && !gray) {
    part
      .at('failFast')
      .problem('no-effect', 'no failure mode of the group is gray', 'manifestation: gray', { part: 'key' });
  }
  if (predicted && simplex) {
    part.problem(
      'needs-standby',
      'a failure is predicted, and a simplex group has nobody to switch over to',
      'scheme: active-standby',
    );
  }
  checkReplacement(part, flow, { alive, contained: containment !== undefined || predicted });
  const asking = steps.some((step) => step.needs.some((need) => Object.hasOwn(around.control.functions, need)));
  const manualEscalation = part.defaulted('manualEscalation', timeOrNever, defaults.manualEscalation, asking);
  const byHand =
    Math.min(detection.coverage, detection.coverageExposed) < 1 ||
    steps.some((step) => step.onFailure === 'manual') ||
    (asking && Number.isFinite(manualEscalation));
  const uses = (name: string): boolean =>
    // What an update takes may be stated of a hop whose path nobody updates.
    (around.paths.has(part.key) && UPDATE_TIMES.includes(name) && part.at('times').has(name)) ||
    (name === 'manualRestore' && byHand) ||
    (name === 'coldStart' && cold) ||
    (name === 'switchover' && (revertive || (!simplex && (predicted || misdirected))));
  return {
    scheme,
    members,
    ...(sharing === undefined ? {} : { sharing }),
    ...(revertive ? { revertive } : {}),
    instance,
    placement,
    standby: {
      kind: cold ? 'cold' : 'hot',
      rateFactor: part
        .at('standby')
        .defaulted('rateFactor', numberFrom(0), defaults.standby.rateFactor, standsBy && !cold),
    },
    flow: flow?.id ?? '',
    times: withBoot(readTimes(part.at('times'), steps, flow, uses, runtime), boot),
    probabilities: readProbabilities(part.at('probabilities'), steps, flow),
    detection,
    ...optional('agent', agent),
    ...optional('policy', part.has('policy') ? policy : undefined),
    recovery: readRecovery(part.at('recovery'), simplex, standsBy, around.paths.get(part.key)),
    state,
    retry: part.defaulted('retry', time, defaults.retry, asking),
    manualEscalation,
    failoverDeadline: part.at('failover').defaulted('deadline', positiveTime, defaults.failover.deadline, !simplex),
    failoverTarget: part.at('failover').defaulted('target', positiveTime, defaults.failover.target, !simplex),
    // What two active members cost is no part of a group in which nobody is taken for dead.
    ...optional(
      'splitBrain',
      simplex || !(alive || part.at('fencing').has('splitBrain'))
        ? undefined
        : readSplitBrain(part.at('fencing').at('splitBrain'), state.stateful, alive),
    ),
    ...optional('siblings', readSiblings(part.at('localisation'), around.names)),
    ...optional('containment', containment),
    ...optional('failFast', simplex ? undefined : failFast),
    ...optional(
      'cluster',
      readCluster(part, { scheme, members, ...(sharing === undefined ? {} : { sharing }), placement }, names),
    ),
    ...optional('raceLoss', simplex ? undefined : layering.raceLoss),
    ...optional('runtime', runtime),
    ...optional('passthrough', part.optional('passthrough', flag) === true ? true : undefined),
  };
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

/** Members that are stopped although they would come back by themselves are built anew: the flow has to be able to. */
function checkReplacement(
  part: Section,
  flow: Flow | undefined,
  why: { readonly alive: boolean; readonly contained: boolean },
): void {
  if (flow === undefined || (!why.alive && !why.contained)) return;
  if (flow.recovery.some(({ effects }) => effects.includes('available') || effects.includes('sync'))) return;
  const message = `living members are stopped or lost with others, and flow "${flow.id}" builds none`;
  part.at('flow').problem('wrong-flow', message, 'give its recovery steps with instantiate and available');
}

function readStandbyKind(part: Section, standsBy: boolean): 'hot' | 'cold' {
  return part.at('standby').defaulted('kind', choice(['hot', 'cold']), defaults.standby.kind, standsBy);
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

function readFlow(
  part: Section,
  scheme: SchemeId,
  state: StateKeeping,
  flows: Flows,
  added: {
    readonly fencing: FencingRules | undefined;
    readonly notification: Notification | undefined;
    readonly path: PathUpdate | undefined;
  },
): Flow | undefined {
  const sharing = sharesLoad(scheme);
  const { path } = added;
  const id = part.defaulted('flow', text, path === undefined ? usualFlow(scheme, state) : defaults.flowHop);
  const localisation = part.has('localisation') && scheme !== 'simplex';
  const flow = flows.use(id, { ...added, localisation, sharing, of: part.key }, part.at('flow'));
  if (flow === undefined) return undefined;
  const wrong = (message: string, hint: string): undefined => part.at('flow').problem('wrong-flow', message, hint);
  const evicts = flow.remediation.some((step) => step.effects.includes('evict'));
  const joins = flow.recovery.some((step) => step.effects.includes('join'));
  if (sharing && path === undefined && !(evicts && joins)) {
    const lacks = evicts ? 'step with effect "join" in its recovery' : 'step with effect "evict" in its remediation';
    wrong(`flow "${id}" has no ${lacks}, and members of this group share the load`, 'use FL-04 to FL-08');
  }
  if (!sharing && (evicts || joins)) {
    wrong(
      `flow "${id}" is for members that share the load`,
      scheme === 'simplex' ? 'use respawn' : 'use FL-01 to FL-03',
    );
  }
  if (path !== undefined && scheme !== 'simplex' && scheme !== 'load-balanced' && scheme !== 'k-of-n') {
    part
      .at('scheme')
      .problem(
        'wrong-flow',
        `a hop of port chain "${path.chain}" has port pairs that share the load, or one alone`,
        'scheme: load-balanced or simplex',
      );
  }
  if (scheme !== 'simplex' && flow.remediation.length === 0 && !sharing) {
    // A cluster whose policy says respawn has a standby, and nobody makes use of it.
    if (part.at('cluster').read('action', text) !== 'respawn')
      wrong(`flow "${id}" has no failover, and this group has a standby`, 'use FL-01, FL-02 or FL-03');
    else if (part.at('recovery').read('starts', text) !== 'detected')
      wrong(`flow "${id}" has no failover to wait for`, 'recovery: {starts: detected}');
  }
  if (scheme === 'simplex' && flow.remediation.some((step) => step.needs.includes('standby'))) {
    wrong(`flow "${id}" needs a standby, and a simplex group has none`, 'use respawn');
  }
  return flow;
}

function usualFlow(scheme: SchemeId, { stateful, protection }: StateKeeping): Default {
  if (scheme === 'simplex') return defaults.flowSimplex;
  if (scheme === 'active-active') return defaults.flowActiveActive;
  if (!sharesLoad(scheme)) return stateful ? defaults.flowStateful : defaults.flowStateless;
  if (stateful && protection === 'peer-ring') return defaults.flowBalancedRing;
  return stateful && protection === 'external' ? defaults.flowBalancedStore : defaults.flowBalanced;
}

function readTimes(
  part: Section,
  steps: readonly Step[],
  flow: Flow | undefined,
  uses: (name: string) => boolean,
  runtime: Runtime | undefined,
): Readonly<Record<string, Law>> {
  const named = new Set(steps.map((step) => step.duration).filter((duration) => typeof duration === 'string'));
  const applies = (name: string): boolean => named.has(name) || uses(name);
  // Those that only some groups have a use for are unknown to the others.
  checkUnusedTimes(part, flow, uses);
  const times = readParameters(
    part,
    TIME_NAMES.filter((name) => Object.hasOwn(DEFAULTS.times, name) || applies(name)),
    { ...DEFAULTS.times, ...(runtime === 'container' ? DEFAULTS.containerTimes : {}), ...DEFAULTS.sharingTimes },
    law,
    applies,
    parameterNames(flow, (step) => step.duration),
    ['relocalise', 'fenceTimeout', 'switchover'],
  );
  const { stepDuration } = times;
  return stepDuration === undefined ? times : { ...times, stepDuration: escalationStep(part, stepDuration) };
}

/** Time between two attempts: 0 means the default, and nothing between is shorter than a minute. */
function escalationStep(part: Section, written: Law): Law {
  if (written.kind !== 'deterministic' || written.value >= SHORTEST_STEP) return written;
  if (written.value > 0) {
    const message = `the step of an escalation takes at least ${SHORTEST_STEP} s, or 0 s for the default`;
    part.at('stepDuration').problem('out-of-range', message);
  }
  const { value } = DEFAULTS.sharingTimes.stepDuration;
  part.derive('stepDuration', value, '[A] A-52: 0 means the default');
  return { kind: 'deterministic', value: USUAL_STEP };
}

function readProbabilities(
  part: Section,
  steps: readonly Step[],
  flow: Flow | undefined,
): Readonly<Record<string, number>> {
  const named = new Set(steps.map((step) => step.success));
  const names = parameterNames(flow, (step) => step.success);
  const applies = (name: string): boolean => named.has(name);
  return readParameters(part, PROBABILITY_NAMES, DEFAULTS.probabilities, probability, applies, names, [
    'localise',
    'relocalise',
    'remoteCommand',
  ]);
}

function readRecovery(
  part: Section,
  simplex: boolean,
  standsBy: boolean,
  path: PathUpdate | undefined,
): Group['recovery'] {
  const { concurrency, takeover } = defaults.recovery;
  // Where no pair is taken out of the path, there is nothing that the recovery could wait for.
  const straight = path !== undefined && !path.detachOnFailure;
  const starts = straight ? defaults.recovery.startsOfHops : defaults.recovery.starts;
  if (straight && !simplex && part.read('starts', text) === 'restored') {
    const message = 'nothing but the recovery restores the service of this hop';
    part.at('starts').problem('conflicting-keys', message, 'starts: detected, or detachOnFailure of the port chain');
  }
  return {
    starts: part.defaulted('starts', choice(['restored', 'detected']), starts, !simplex),
    concurrency: part.defaulted('concurrency', countOrUnlimited, concurrency, !simplex),
    takeover: part.defaulted('takeover', choice(['immediate', 'failover']), takeover, standsBy),
  };
}
