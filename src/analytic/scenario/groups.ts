import { type CompiledModel, ON_FAILURE } from '../../compile/model.ts';
import { gatesNeeded, programDuration, stepsOf } from '../../compile/programs.ts';
import { mean } from '../../model/law.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { elementFigures } from './elements.ts';
import { failoverOutcomes } from './failover-outcomes.ts';
import { detectionOf, type MemberFault, memberFaults } from './member-faults.ts';
import { isShared, sharedTerms } from './sharing.ts';
import { groupShocks } from './shocks.ts';
import { signalFigures } from './structure.ts';

/** One part of a group's downtime, s/year. */
export interface Term {
  readonly name: string;
  readonly dpm: number;
}

export interface GroupFormula {
  readonly terms: readonly Term[];
  /** Σ terms / seconds per year. */
  readonly unavailability: number;
  /** Outages per second. */
  readonly frequency: number;
}

/**
 * First-order downtime of a protection group with everything an ideal block diagram omits (domain 2.11): covered
 * failovers, uncovered faults, failed failovers, second failures during exposure, latent standbys, waits for the control
 * path, lost sessions. Over-counts by about the failure rate times the exposure; a group of one has recovery in place of
 * failover. What it does not know of a group is said by `formulaGap`.
 *
 * @param waits whether waits for the control path are added; under the series treatment its downtime counts whole elsewhere
 */
export function groupFormula(model: CompiledModel, group: number, waits: boolean): GroupFormula {
  const { groups } = model;
  const members = groups.seatStart[group + 1]! - groups.seatStart[group]!;
  const faults = memberFaults(model, group);
  const rate = rateOf(faults);
  const common = { name: 'common cause', dpm: allAtOnce(model, group) };
  if (isShared(model, group)) {
    const terms = sharedTerms(model, group, {
      rate,
      detection: detectionOf(model, group).time,
      failing: failoverOutcomes(model, groups.remediation[group]!).failing,
      waitOf: (program) => (waits ? controlWait(model, program) : 0),
    });
    return total([...terms, common], groups.carriers[group]! * rate);
  }
  const terms = members === 1 ? aloneTerms(model, group, faults, waits) : redundantTerms(model, group, faults, waits);
  return total([...terms, common], rate);
}

/** One member: it comes back by itself, or is noticed and built anew. */
function aloneTerms(model: CompiledModel, group: number, faults: readonly MemberFault[], waits: boolean): Term[] {
  const { groups, laws } = model;
  const { coverage, time } = detectionOf(model, group);
  // What nobody has to report may take for ever.
  const report = coverage === 1 ? 0 : mean(laws[groups.uncoveredLaw[group]!]!);
  const lost = faults.filter(({ isLost }) => isLost);
  const restored = faults.filter(({ isLost }) => !isLost);
  return [
    {
      name: 'detection and recovery',
      dpm: perYear(lost, ({ back }) => coverage * back(time) + (1 - coverage) * (back(report) - report)),
    },
    { name: 'uncovered faults', dpm: perYear(lost, () => (1 - coverage) * report) },
    { name: 'own restoration', dpm: perYear(restored, ({ back }) => back(0)) },
    { name: 'lost sessions', dpm: perYear(faults, () => lostSessions(model, group, 1)) },
    {
      name: 'control path',
      dpm: waits ? rateOf(lost) * SECONDS_PER_YEAR * controlWait(model, groups.recovery[group]!) : 0,
    },
  ];
}

function redundantTerms(model: CompiledModel, group: number, faults: readonly MemberFault[], waits: boolean): Term[] {
  const { groups } = model;
  const rate = rateOf(faults);
  const standbyRate = rate * groups.standbyRate[group]!;
  const { coverage, covered, failed, reported, failing } = outagesOf(model, group);
  const { time: detection } = detectionOf(model, group);
  const recovery = programDuration(model, groups.recovery[group]!);
  // Faults that end in hands before the flow gets that far never ask the control path (NC-36).
  const asked =
    (groups.uncoveredManual[group] === 1 ? coverage : 1) * controlReached(model, groups.remediation[group]!);
  const oneAtATime = groups.recoveryConcurrency[group] === 1 ? recovery.square : undefined;
  const latency = standbyLatency(model, group, detection);
  const sessions = lostSessions(model, group, lostShare(model, group));
  return [
    {
      name: 'covered failover',
      dpm: perYear(faults, (fault) => coverage * (1 - failing.chance) * firstOf(covered(fault))),
    },
    { name: 'uncovered faults', dpm: perYear(faults, (fault) => (1 - coverage) * firstOf(reported(fault))) },
    { name: 'failed failover', dpm: perYear(faults, (fault) => coverage * failing.chance * firstOf(failed(fault))) },
    {
      name: 'second failure',
      dpm: (1 + groups.standbyRate[group]!) * secondFailures(faults, oneAtATime) * SECONDS_PER_YEAR,
    },
    {
      name: 'latent standby',
      dpm: perYear(faults, ({ isLost, exposure }) => standbyRate * latency * ((isLost ? detection : 0) + exposure)),
    },
    { name: 'lost sessions', dpm: rate * SECONDS_PER_YEAR * sessions },
    {
      name: 'control path',
      dpm: waits ? rate * SECONDS_PER_YEAR * asked * controlWait(model, groups.remediation[group]!) : 0,
    },
    {
      name: 'switching back',
      dpm: rate * SECONDS_PER_YEAR * programDuration(model, groups.switchBack[group]!).mean,
    },
  ];
}

/**
 * Share of time that the service is down since a second member failed while the first had not come back. Each comes back
 * independently, the first of them ends it: half of λX·λ'X', whatever their laws, as either may have been the first. Rebuilt one
 * at a time the second waits for the first: what remains of X, E[X²]/2.
 *
 * @param oneAtATime E[X²] of what is rebuilt, s², where that is so
 */
function secondFailures(faults: readonly MemberFault[], oneAtATime: number | undefined): number {
  let share = 0;
  for (const first of faults) {
    for (const second of faults) {
      const waits = first.isLost && second.isLost && oneAtATime !== undefined;
      share += (first.rate * second.rate * (waits ? oneAtATime : first.exposure * second.exposure)) / 2;
    }
  }
  return share;
}

/** Two ways an outage may end, s: what the flow or hands take, and the member's own return. The first one counts. */
export type Race = readonly [managed: number, own: number];

const firstOf = ([managed, own]: Race): number => Math.min(managed, own);

/** How the outages after a fault of the serving member end while a standby is there. */
export function outagesOf(model: CompiledModel, group: number) {
  const { groups, laws } = model;
  const { coverage, time: detection } = detectionOf(model, group);
  const report = coverage === 1 ? 0 : mean(laws[groups.uncoveredLaw[group]!]!);
  const { done, failing } = failoverOutcomes(model, groups.remediation[group]!);
  const failover = done.chance === 0 ? 0 : done.time / done.chance;
  const manual = programDuration(model, groups.manual[group]!).mean;
  const untilFailed = failing.chance === 0 ? 0 : failing.time / failing.chance;
  // What users report goes to hands, or to the flow with all that may become of it.
  const byFlow = (1 - failing.chance) * failover + failing.chance * (untilFailed + manual);
  const afterReport = report + (groups.uncoveredManual[group] === 1 ? manual : byFlow);
  return {
    coverage,
    failing,
    covered: ({ back }: MemberFault): Race => [detection + failover, back(detection)],
    failed: ({ back }: MemberFault): Race => [detection + untilFailed + manual, back(detection)],
    reported: ({ back }: MemberFault): Race => [afterReport, back(report)],
  };
}

function rateOf(faults: readonly MemberFault[]): number {
  return faults.reduce((sum, { rate }) => sum + rate, 0);
}

/** Downtime per year of faults that last so long, s. */
function perYear(faults: readonly MemberFault[], lasts: (fault: MemberFault) => number): number {
  return faults.reduce((sum, fault) => sum + fault.rate * SECONDS_PER_YEAR * lasts(fault), 0);
}

/** Downtime per year while all members are down at one instant: until the first is back or replaced, s. */
function allAtOnce(model: CompiledModel, group: number): number {
  const until = detectionOf(model, group).time + programDuration(model, model.groups.recovery[group]!).mean;
  const causes = [...groupShocks(model, group).all, ...sharedHosts(model, group)];
  return causes.reduce((sum, { rate, down }) => sum + rate * (down || until), 0) * SECONDS_PER_YEAR;
}

/** Failures of what all members stand on (a rack, a site); down is 0 where they are replaced elsewhere. */
function sharedHosts(model: CompiledModel, group: number): { readonly rate: number; readonly down: number }[] {
  const { groups, seats, elements } = model;
  const chains: number[][] = [];
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    const chain: number[] = [];
    for (let host = seats.home[seat]!; host >= 0; host = elements.host[host]!) chain.push(host);
    chains.push(chain);
  }
  if (chains.length < 2) return [];
  const shared = chains[0]!.filter((host) => chains.every((chain) => chain.includes(host)));
  return shared.map((host) => {
    const { rate, meanDown } = elementFigures(model, host);
    return { rate, down: groups.inPlace[group] === 1 ? meanDown : 0 };
  });
}

function total(terms: readonly Term[], frequency: number): GroupFormula {
  const dpm = terms.reduce((sum, term) => sum + term.dpm, 0);
  // Far from small numbers a first-order sum may exceed the year.
  return { terms, unavailability: Math.min(1, dpm / SECONDS_PER_YEAR), frequency };
}

/** Mean time a standby's fault stays unnoticed, s. */
function standbyLatency(model: CompiledModel, group: number, detection: number): number {
  const { groups, laws } = model;
  const covered = groups.standbyCoverage[group]!;
  const law = groups.standbyLaw[group]!;
  const noticed = law >= 0 ? mean(laws[law]!) : detection;
  return covered * noticed + (1 - covered) * (covered === 1 ? 0 : mean(laws[groups.auditLaw[group]!]!));
}

/** Seconds of re-attachment per outage after which `share` of the sessions is lost (SEM-07). */
function lostSessions(model: CompiledModel, group: number, share: number): number {
  const { groups, laws } = model;
  // A store keeps them.
  if (groups.stateful[group] === 0 || groups.store[group]! !== -1) return 0;
  return share * mean(laws[groups.reattachLaw[group]!]!);
}

/** Share of the sessions a failover loses: what the protection does not keep, or all where the state proves unusable. */
function lostShare(model: CompiledModel, group: number): number {
  const { groups, steps } = model;
  let usable = 1;
  for (const step of stepsOf(model, groups.remediation[group]!)) {
    if (steps.onFailure[step] === ON_FAILURE.loseState) usable *= steps.success[step]!;
  }
  return 1 - usable * (1 - groups.cleanLoss[group]!);
}

/** Chance that a failover gets as far as its first step that needs a control function. */
function controlReached(model: CompiledModel, first: number): number {
  const { steps } = model;
  let reached = 1;
  for (const step of stepsOf(model, first)) {
    if (steps.control[step] === 1) return reached;
    if (steps.onFailure[step] === ON_FAILURE.manual) reached *= steps.success[step]!;
  }
  return 0;
}

/**
 * Expected wait for control functions that are down when needed (SEM-14), s: U·R with R the mean residual outage. Plain
 * elements have it exactly, Σ rate·E[D²]/2 over everything that takes them down; behind a quorum R is the mean outage of
 * all functions together.
 */
export function controlWait(model: CompiledModel, first: number): number {
  const signals = gatesNeeded(model, first);
  if (signals.length === 0) return 0;
  if (signals.some((signal) => signal >= model.elements.count)) {
    const { unavailability, meanDown } = signalFigures(model, signals);
    return unavailability * meanDown;
  }
  const { elements, modes, laws } = model;
  const takenDownBy = new Set<number>();
  for (const signal of signals) for (let e = signal; e >= 0; e = elements.host[e]!) takenDownBy.add(e);
  let wait = 0;
  for (const element of takenDownBy) {
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      const { square } = programDuration(model, modes.program[mode]!);
      wait += square / (2 * mean(laws[modes.law[mode]!]!));
    }
  }
  return wait;
}
