import { FLOWS } from '../../../src/catalogue/flows.ts';
import type { Flow, Step } from '../../../src/model/flow.ts';
import type { Law } from '../../../src/model/law.ts';
import type {
  ControlFunction,
  Detector,
  ElementSpec,
  FailureMode,
  Group,
  NodePool,
  RepairPolicy,
  Restore,
  Scenario,
  Service,
  Site,
  StructureSpec,
} from '../../../src/model/scenario.ts';
import { SECONDS_PER_HOUR, SECONDS_PER_YEAR } from '../../../src/model/time.ts';

/** Scenario objects by hand: everything ideal and switched off unless a test says otherwise. Times in seconds. */

export const HOUR = SECONDS_PER_HOUR;
export const YEAR = SECONDS_PER_YEAR;

export const fixed = (value: number): Law => ({ kind: 'deterministic', value });
export const exponential = (mean: number): Law => ({ kind: 'exponential', mean });
export const NEVER: Law = { kind: 'never' };

export const itself = (after: Law): Restore => ({ by: 'itself', after });
export const repair = (after: Law, policy = 'crew'): Restore => ({ by: 'repair', policy, after });
export const REPLACEMENT: Restore = { by: 'replacement' };

export function mode(timeToFailure: Law, restore: Restore, rest: Partial<FailureMode> = {}): FailureMode {
  return { id: 'fault', timeToFailure, cause: 'hw', bucket: 'HW', party: 'HW', restore, ...rest };
}

export function element(failures: readonly FailureMode[], rest: Partial<ElementSpec> = {}): ElementSpec {
  return { kind: 'unit', count: 1, failures, ...rest };
}

export function pool(rest: Partial<NodePool> = {}): NodePool {
  return { role: 'compute', count: 1, slots: 1, failures: [], domains: [], ...rest };
}

export function site(rest: Partial<Site> = {}): Site {
  return { failures: [], domains: {}, nodes: {}, ...rest };
}

export function control(failures: readonly FailureMode[], rest: Partial<ControlFunction> = {}): ControlFunction {
  return { instances: 1, quorum: 1, failures, ...rest };
}

export function policy(rest: Partial<RepairPolicy> = {}): RepairPolicy {
  return {
    crews: Number.POSITIVE_INFINITY,
    discipline: 'first-come',
    dispatch: 'fault',
    detection: fixed(0),
    batch: 0,
    diagnosis: fixed(0),
    transientShare: 0,
    ...rest,
  };
}

export function step(id: string, duration: string | Law, rest: Partial<Step> = {}): Step {
  return { id, by: 'test', duration, needs: [], effects: [], phase: 'remediation', ...rest };
}

/** A flow of these steps. */
export function flow(remediation: readonly Step[], recovery: readonly Step[]): Flow {
  return { id: 'flow', title: '', source: '', remediation, recovery };
}

/** Takes over after `switchOver`; a replacement is there and up to date after `rebuild`. */
export function plainFlow(switchOver: Law, rebuild: Law): Flow {
  return flow(
    [step('switch', switchOver, { effects: ['promote', 'connect'], mark: 'restored' })],
    [
      step('rebuild', rebuild, {
        needs: ['slot'],
        effects: ['instantiate', 'available', 'sync'],
        mark: 'redundant',
        phase: 'recovery',
      }),
    ],
  );
}

export const detector = (latency: Law, needs: readonly string[] = []): Detector => ({ id: 'detector', latency, needs });

/** A pair without hosts whose members are replaced, noticed at once, and whose flow is `flow`. */
export function group(failures: readonly FailureMode[], rest: Partial<Group> = {}): Group {
  return {
    scheme: rest.members === 1 ? 'simplex' : 'active-standby',
    members: 2,
    instance: [{ id: 'app', kind: 'app', failures }],
    placement: {
      pools: [],
      replacement: 'pool',
      slots: 1,
      antiAffinity: { level: 'none', hard: false },
    },
    standby: { kind: 'hot', rateFactor: 1 },
    flow: 'flow',
    times: { manualRestore: fixed(1800), coldStart: fixed(60) },
    probabilities: {},
    detection: {
      detectors: [detector(fixed(0))],
      coverage: 1,
      coverageExposed: 1,
      uncovered: uncovered(fixed(900), 'manual'),
      standby: { coverage: 1, audit: fixed(86_400) },
      whileExposed: 'normal',
    },
    recovery: { starts: 'restored', concurrency: Number.POSITIVE_INFINITY, takeover: 'immediate' },
    state: {
      stateful: false,
      protection: 'none',
      snapshotInterval: 60,
      sessionHold: 180,
      required: false,
      reattach: 5,
    },
    retry: 0,
    manualEscalation: Number.POSITIVE_INFINITY,
    failoverDeadline: 15,
    failoverTarget: 0.05,
    ...rest,
  };
}

export function uncovered(detect: Law, then: 'manual' | 'flow'): Group['detection']['uncovered'] {
  return { detect, then };
}

/** The group's detection with some of it changed. */
export function withDetection(base: Group, rest: Partial<Group['detection']>): Group {
  return { ...base, detection: { ...base.detection, ...rest } };
}

export function placed(pools: readonly string[], rest: Partial<Group['placement']> = {}): Group['placement'] {
  return { pools, replacement: 'pool', slots: 1, antiAffinity: { level: 'node', hard: true }, ...rest };
}

export const leaf = (of: string): StructureSpec => ({ kind: 'leaf', of });
export const all = (...names: readonly string[]): StructureSpec => ({ kind: 'all', inputs: names.map(leaf) });
export const any = (...names: readonly string[]): StructureSpec => ({ kind: 'any', inputs: names.map(leaf) });
export const atLeast = (count: number, ...names: readonly string[]): StructureSpec => ({
  kind: 'atLeast',
  atLeast: count,
  inputs: names.map(leaf),
});

export function service(structure: StructureSpec | string, rest: Partial<Service> = {}): Service {
  return {
    structure: typeof structure === 'string' ? leaf(structure) : structure,
    users: 1,
    minOutageThreshold: 0,
    reportableThreshold: 15,
    minServiceFraction: 0,
    combine: 'product',
    mergeGap: 0,
    missionTime: 86_400,
    ...rest,
  };
}

export function scenario(parts: Partial<Scenario>): Scenario {
  return {
    name: 'test',
    title: '',
    simulation: { seed: 'core', years: 1, histories: 10, warmUp: 0, confidence: 0.95 },
    targets: [],
    elements: {},
    sites: {},
    control: {},
    controlTreatment: 'conditional',
    repair: {},
    flows: FLOWS,
    groups: {},
    services: {},
    shocks: {},
    allocation: { HW: 0.1, 'ISW<=VIM': 0.1, 'ISW>VIM': 0.1, APP: 0.5, OPER: 0.2 },
    injections: {},
    assumptions: [],
    ...parts,
  };
}
