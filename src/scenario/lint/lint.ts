import { type Flow, mainLine, type Step } from '../../model/flow.ts';
import { type Law, mean } from '../../model/law.ts';
import type { FailureMode, Group, Scenario } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { regionsAlong } from '../resolve/chains.ts';
import type { Section } from '../resolve/context.ts';
import { leavesOf } from '../resolve/structure.ts';
import { lintControl } from './control.ts';
import { lintCapacity } from './flavours.ts';
import { lintCoverage, lintPolicy } from './monitoring.ts';
import { lintPortChains } from './port-chains.ts';

/** Suspicious but possible: warnings about a scenario that has no errors, located in `root`. */
export function lint(root: Section, scenario: Scenario): void {
  lintSimulation(root.at('simulation'), scenario);
  for (const part of root.at('groups').entries()) lintGroup(part, scenario.groups[part.key]!, scenario);
  lintUnused(root, scenario);
  lintChains(root, scenario);
  lintPortChains(root, scenario);
  lintModes(root.at('elements'), scenario);
  lintControl(root.at('control'), scenario);
  lintCapacity(root, scenario);
}

const warn = (part: Section, code: string, message: string, hint?: string): void => {
  part.problem(code, message, hint, { level: 'warning', part: 'key' });
};

function lintSimulation(part: Section, { simulation }: Scenario): void {
  const { years, warmUp } = simulation;
  if (warmUp >= years * SECONDS_PER_YEAR)
    warn(part.at('warmUp'), 'nothing-left', 'the warm-up takes the whole history');
  if (years * SECONDS_PER_YEAR * 1e6 > Number.MAX_SAFE_INTEGER) {
    warn(
      part.at('years'),
      'coarse-clock',
      'the clock counts whole microseconds only up to 285 years',
      'more histories of fewer years',
    );
  }
}

function lintGroup(part: Section, group: Group, scenario: Scenario): void {
  const flow = scenario.flows[group.flow];
  if (group.detection.detectors.length === 0) {
    warn(part.at('detection'), 'no-detector', 'nothing monitors this group: every fault waits for users to report it');
  }
  lintCoverage(part, group);
  lintPolicy(part, group);
  const { pools, antiAffinity } = group.placement;
  if (pools.length === 0 && group.instance.every((layer) => layer.failures.length === 0)) {
    warn(part, 'never-fails', 'the group has no host and no failure mode');
  }
  if (pools.length > 0 && group.members > 1 && antiAffinity.level === 'none') {
    warn(
      part.at('placement'),
      'no-separation',
      'members may share a node, and then fail together',
      'antiAffinity: {level: node}',
    );
  }
  if (group.scheme === 'active-active' && group.state.stateful && group.state.protection.match(/^(peer|lockstep)/)) {
    const message = `there is no standby to keep a copy: ${group.state.protection} makes members back one another up`;
    warn(part.at('state').at('protection'), 'state-without-standby', message, 'protection: external (A-17)');
  }
  if (flow === undefined || group.scheme === 'simplex' || flow.remediation.length === 0) return;
  const asked = new Set(flow.remediation.flatMap((step) => step.needs));
  const blind = group.detection.detectors.filter((detector) =>
    detector.needs.some((need) => Object.hasOwn(scenario.control, need)),
  );
  if (
    blind.length === group.detection.detectors.length &&
    blind.length > 0 &&
    ![...asked].some((need) => /(^|\/)(vnfm|vim|mano)$/.test(need))
  ) {
    const message = `flow ${flow.id} asks no control function, but all detectors need one`;
    warn(
      part.at('detection'),
      'detection-needs-control',
      message,
      'a detector of the peers, for example heartbeat-peer',
    );
  }
  const fastest = shortestFailover(flow, group);
  if (Number.isFinite(fastest) && fastest > group.failoverDeadline) {
    const message = `detection and failover take ${fastest.toFixed(3)} s on average, more than the deadline of ${group.failoverDeadline} s`;
    warn(part.at('failover'), 'late-failover', message, 'every failover will count as failed');
  }
}

/** Mean time from fault to restored in seconds, without waiting for control functions. */
function shortestFailover(flow: Flow, group: Group): number {
  const durationOf = (step: Step): Law | undefined =>
    typeof step.duration === 'string' ? group.times[step.duration] : step.duration;
  const happening = mainLine(flow.remediation).filter((step) => step.when === undefined || group.state.stateful);
  const detection = Math.min(...group.detection.detectors.map((detector) => mean(detector.latency)));
  return happening.reduce(
    (sum, step) => sum + mean(durationOf(step) ?? { kind: 'deterministic', value: 0 }),
    detection,
  );
}

function lintUnused(root: Section, scenario: Scenario): void {
  const used = new Set<string>();
  const use = (name: string | undefined): void => {
    if (name !== undefined) used.add(name).add(name.replace(/-\d+$/, ''));
  };
  for (const service of Object.values(scenario.services)) leavesOf(service.structure).forEach(use);
  for (const element of Object.values(scenario.elements)) use(element.on);
  for (const { state, detection } of Object.values(scenario.groups)) {
    use(state.replication);
    use(state.store);
    const { detectors, confirm, standby } = detection;
    for (const { needs } of [...detectors, ...(confirm === undefined ? [] : [confirm])]) needs.forEach(use);
    standby.needs?.forEach(use);
  }
  for (const script of Object.values(scenario.injections)) for (const { element } of script) use(element);
  for (const part of root.at('elements').entries()) {
    // Counted elements are populations worth watching by themselves.
    if (used.has(part.key) || scenario.elements[part.key]!.count > 1) continue;
    warn(part, 'unused-element', 'no service, element, group or script refers to this element');
  }
  for (const part of root.at('groups').entries()) {
    if (!used.has(part.key)) warn(part, 'unused-group', 'no service uses this group');
  }
  const plain = (id: string): string => id.replace(/^.*\//, '').replace(/\+(path|localise|fence|notify).*$/, '');
  const flows = new Set(Object.keys(scenario.flows).map(plain));
  const bases = new Set(
    root
      .at('catalogue')
      .at('flows')
      .entries()
      .map((part) => part.at('base').tree?.content),
  );
  for (const part of root.at('catalogue').at('flows').entries()) {
    if (!flows.has(part.key) && !bases.has(part.key)) warn(part, 'unused-flow', 'no group uses this flow');
    lintSteps(part, scenario);
  }
}

/** Access and edge clouds lie at the ends of a path, the core between them (B-40); templates are there to be used. */
function lintChains(root: Section, { services, regions = {} }: Scenario): void {
  for (const part of root.at('chains').entries()) {
    const along = regionsAlong(services[part.key]!.stages ?? [], Object.keys(regions));
    const roles = along.map((region) => regions[region]!.role);
    const inside = along.filter(
      (_, i) =>
        roles[i] !== undefined &&
        roles[i] !== 'core' &&
        roles.slice(0, i).includes('core') &&
        roles.slice(i + 1).includes('core'),
    );
    if (inside.length === 0) continue;
    const message = `${inside.join(', ')} lies between core clouds, and its role is at the end of a path`;
    warn(part.at('stages'), 'edge-inside', message, 'another order of the stages, or another role');
  }
  const bases = [...root.at('regions').entries(), ...root.at('catalogue').at('regions').entries()].map(
    (part) => part.at('base').tree?.content,
  );
  for (const part of root.at('catalogue').at('regions').entries()) {
    if (!bases.includes(part.key)) warn(part, 'unused-template', 'no region starts from this template');
  }
}

/** A step that waits for a slot and frees one only when it is done waits for what it holds itself. */
function lintSteps(part: Section, { flows }: Scenario): void {
  const used = Object.entries(flows).find(([id]) => id.replace(/^.*\//, '').replace(/\+fence$/, '') === part.key)?.[1];
  for (const step of used === undefined ? [] : [...used.remediation, ...used.recovery]) {
    if (!step.needs.includes('slot') || !step.effects.includes('terminate')) continue;
    const message = `step "${step.id}" needs a slot and frees that of its own instance only when it is over`;
    warn(part, 'frees-own-slot', message, 'terminate in a step before the one that needs the slot');
  }
}

function lintModes(section: Section, { elements }: Scenario): void {
  for (const part of section.entries()) {
    for (const mode of elements[part.key]!.failures) {
      const down = downTime(mode);
      if (down > mean(mode.timeToFailure)) {
        warn(part.at('failures').at(mode.id), 'mostly-down', 'it is down longer than up: are the two times exchanged?');
      }
    }
  }
}

function downTime({ restore }: FailureMode): number {
  return restore.by === 'replacement' ? 0 : mean(restore.after);
}
