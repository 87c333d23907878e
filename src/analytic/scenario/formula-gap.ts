import { type CompiledModel, ON_FAILURE } from '../../compile/model.ts';
import { gatesNeeded, stepsOf, stepsUntilBack } from '../../compile/programs.ts';
import { candidates } from '../../compile/rooms.ts';
import { rowOf } from '../../compile/rows.ts';
import { mean } from '../../model/law.ts';
import { FAULT_LAYERS } from '../../model/monitoring.ts';
import { SCHEMES } from '../../model/scenario.ts';
import { comesAgain, queuesAtControl } from './control-limits.ts';
import { canGoDown, fails } from './elements.ts';
import { outagesOf, type Race } from './groups.ts';
import { memberFaults, usableDetectors } from './member-faults.ts';

/** Bits of a detector that sees faults of every layer. */
const EVERY_LAYER = 2 ** FAULT_LAYERS.length - 1;
const KNOWN_SCHEMES: readonly string[] = ['simplex', 'active-standby'];
/** Of two ends of an outage one is the first for certain if it is this much sooner. */
const CLEARLY_SOONER = 20;

/**
 * What the first-order formula of a group leaves out though it matters to first order; for a part of an instance, which
 * has no formula, all that its group does. Undefined when nothing is left out, and for other signals.
 */
export function formulaGap(model: CompiledModel, signal: number): string | undefined {
  const { elements, groups } = model;
  const group = signal - elements.count;
  if (group < 0) return elements.seat[signal]! < 0 ? undefined : 'how an instance is rebuilt';
  if (group >= groups.count) return undefined;
  const scheme = SCHEMES[groups.scheme[group]!]!;
  if (!KNOWN_SCHEMES.includes(scheme)) return `the scheme ${scheme}`;
  const members = groups.seatStart[group + 1]! - groups.seatStart[group]!;
  return (
    uncoveredLayers(model, group) ??
    severalDetectors(model, group) ??
    (members === 1 ? gapAlone(model, group) : gapRedundant(model, group))
  );
}

function gapAlone(model: CompiledModel, group: number): string | undefined {
  const { groups, seats, names } = model;
  const recovery = groups.recovery[group]!;
  if (recovery >= 0 && memberFaults(model, group).some(({ isLost }) => isLost)) {
    const until = stepsUntilBack(model, recovery);
    if (until === undefined) return 'that nothing leads to a new instance: it stays out of service for ever';
    const after = stepsOf(model, recovery).slice(until.length);
    if (after.some((step) => mean(model.laws[model.steps.law[step]!]!) > 0))
      return 'what the recovery does after the member is back';
  }
  if (retries(model, recovery)) return 'steps of the recovery that are tried again';
  if (queuesAtControl(model, recovery)) return 'the queue at a control function';
  const home = seats.home[groups.seatStart[group]!]!;
  if (home < 0 || !canGoDown(model, home)) return undefined;
  const control = sharedWithMember(model, home, gatesNeeded(model, recovery));
  if (control !== undefined) return control;
  if (groups.inPlace[group] === 1) return `the wait for ${names.elements[home]}`;
  const nodes = [...candidates(model, group)];
  return sharedHost(model, nodes) ?? (nodes.length === 1 ? `the wait for ${names.elements[home]}` : undefined);
}

function gapRedundant(model: CompiledModel, group: number): string | undefined {
  const { groups, seats } = model;
  const first = groups.seatStart[group]!;
  const end = groups.seatStart[group + 1]!;
  const remediation = groups.remediation[group]!;
  if (remediation < 0) return 'a flow without failover';
  const recovery = groups.recovery[group]!;
  if (retries(model, remediation)) return 'steps of the failover that are tried again';
  if (retries(model, recovery)) return 'steps of the recovery that are tried again';
  if (queuesAtControl(model, remediation) || queuesAtControl(model, recovery)) return 'the queue at a control function';
  const shared = sharedHost(model, [...seats.home.subarray(first, end)]);
  if (shared !== undefined) return shared;
  const state = groups.stateRequired[group] === 1 ? [groups.replication[group]!] : [];
  const needed = [...gatesNeeded(model, remediation), ...state.filter((element) => element >= 0)];
  const control = sharedWithMember(model, seats.home[first]!, needed);
  if (control !== undefined) return control;
  const { coverage, failing, covered, failed, reported } = outagesOf(model, group);
  const isClose = ([managed, own]: Race): boolean =>
    Math.max(managed, own) < CLEARLY_SOONER * Math.min(managed, own) && managed !== own;
  const races = memberFaults(model, group).flatMap((fault) => [
    ...(coverage > 0 && failing.chance < 1 ? [covered(fault)] : []),
    ...(coverage > 0 && failing.chance > 0 ? [failed(fault)] : []),
    ...(coverage < 1 ? [reported(fault)] : []),
  ]);
  return races.some(isClose) ? 'which comes first, the failover or the failed member' : undefined;
}

/** Formulas have one coverage for all faults of a group; detectors that see some layers only have several. */
function uncoveredLayers(model: CompiledModel, group: number): string | undefined {
  const { detectorStart, detectorSees } = model.groups;
  const seen = detectorSees.subarray(detectorStart[group]!, detectorStart[group + 1]!);
  return seen.some((bits) => bits !== EVERY_LAYER) ? 'faults that some detector does not cover' : undefined;
}

/** Several detectors race: the first is quicker than the quickest on average, unless chance has no part in it. */
function severalDetectors(model: CompiledModel, group: number): string | undefined {
  const kinds = usableDetectors(model, group).map(({ kind }) => kind);
  if (kinds.length < 2) return undefined;
  const known = kinds.every((kind) => kind === 'deterministic') || kinds.every((kind) => kind === 'exponential');
  return known ? undefined : 'which of several detectors is first';
}

function retries(model: CompiledModel, first: number): boolean {
  const { steps } = model;
  const again = stepsOf(model, first).some(
    (step) => steps.success[step]! < 1 && steps.otherwise[step]! < 0 && steps.onFailure[step] === ON_FAILURE.retry,
  );
  return again || comesAgain(model, first);
}

/** Something that fails and takes more than one of the nodes down. */
function sharedHost(model: CompiledModel, nodes: readonly number[]): string | undefined {
  const seen = new Set<number>();
  for (const node of nodes.filter((each) => each >= 0)) {
    for (const element of failingChain(model, node)) {
      if (seen.has(element)) return `${model.names.elements[element]}, which takes several members down`;
      seen.add(element);
    }
  }
  return undefined;
}

/** Something that fails and takes down the node of a member and what its failover or recovery needs. */
function sharedWithMember(model: CompiledModel, node: number, needed: readonly number[]): string | undefined {
  if (node < 0) return undefined;
  const below = new Set(failingChain(model, node));
  for (const element of needed.flatMap((signal) => elementsOf(model, signal))) {
    const shared = failingChain(model, element).find((each) => below.has(each));
    if (shared !== undefined) return `${model.names.elements[shared]}, which takes a member and what it needs down`;
  }
  return undefined;
}

/** The element and what it runs on, as far as it fails. */
function failingChain(model: CompiledModel, element: number): number[] {
  const chain: number[] = [];
  for (let e = element; e >= 0; e = model.elements.host[e]!) if (fails(model, e)) chain.push(e);
  return chain;
}

function elementsOf(model: CompiledModel, signal: number): number[] {
  const { elements, groups, gates } = model;
  if (signal < elements.count) return [signal];
  const gate = signal - elements.count - groups.count;
  if (gate < 0) return [];
  return rowOf(gates.inputStart, gates.input, gate).flatMap((input) => elementsOf(model, input));
}
