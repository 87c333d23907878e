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
/** Scenario objects by hand: everything ideal and switched off unless a test says otherwise. Times in seconds. */
export declare const HOUR = 3600;
export declare const YEAR = 31536000;
export declare const fixed: (value: number) => Law;
export declare const exponential: (mean: number) => Law;
export declare const NEVER: Law;
export declare const itself: (after: Law) => Restore;
export declare const repair: (after: Law, policy?: string) => Restore;
export declare const REPLACEMENT: Restore;
export declare function mode(timeToFailure: Law, restore: Restore, rest?: Partial<FailureMode>): FailureMode;
export declare function element(failures: readonly FailureMode[], rest?: Partial<ElementSpec>): ElementSpec;
export declare function pool(rest?: Partial<NodePool>): NodePool;
export declare function site(rest?: Partial<Site>): Site;
export declare function control(failures: readonly FailureMode[], rest?: Partial<ControlFunction>): ControlFunction;
export declare function policy(rest?: Partial<RepairPolicy>): RepairPolicy;
export declare function step(id: string, duration: string | Law, rest?: Partial<Step>): Step;
/** The standby takes over `after` the detection; the failed member is rebuilt `within` the same time again. */
export declare function flow(remediation: readonly Step[], recovery: readonly Step[]): Flow;
/** Takes over in `switchOver` seconds; a replacement is there and up to date after `rebuild` seconds. */
export declare function plainFlow(switchOver: Law, rebuild: Law): Flow;
export declare const detector: (latency: Law, needs?: readonly string[]) => Detector;
/** A pair without hosts whose members are replaced, noticed at once, and whose flow is `flow`. */
export declare function group(failures: readonly FailureMode[], rest?: Partial<Group>): Group;
export declare function uncovered(detect: Law, then: 'manual' | 'flow'): Group['detection']['uncovered'];
/** The group's detection with some of it changed. */
export declare function withDetection(base: Group, rest: Partial<Group['detection']>): Group;
export declare function placed(pools: readonly string[], rest?: Partial<Group['placement']>): Group['placement'];
export declare const leaf: (of: string) => StructureSpec;
export declare const all: (...names: readonly string[]) => StructureSpec;
export declare const any: (...names: readonly string[]) => StructureSpec;
export declare const atLeast: (count: number, ...names: readonly string[]) => StructureSpec;
export declare function service(structure: StructureSpec | string, rest?: Partial<Service>): Service;
export declare function scenario(parts: Partial<Scenario>): Scenario;
