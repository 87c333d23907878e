import { type CompiledModel, ON_FAILURE } from '../../../compile/model.ts';
import { gatesNeeded, programDuration, stepsOf, timeUntilBack } from '../../../compile/programs.ts';
import { mean } from '../../../model/law.ts';
import { SECONDS_PER_YEAR } from '../../../model/time.ts';
import { groupShocks } from '../shocks.ts';
import { elementFigures, signalFigures } from './elements.ts';
import { failoverOutcomes } from './imperfect.ts';
import { isShared, sharedTerms } from './sharing.ts';

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
 * path. Over-counts by about the failure rate times the exposure; a group of one has recovery in place of failover.
 *
 * @param waits whether waits for the control path are added; under the series treatment its downtime counts whole elsewhere
 */
export function groupFormula(model: CompiledModel, group: number, waits: boolean): GroupFormula {
  const { groups } = model;
  const first = groups.seatStart[group]!;
  const shocks = groupShocks(model, group);
  const rate = memberRate(model, first) + shocks.each;
  const detection = detectionTime(model, group);
  const recovery = recoveryDuration(model, group);
  // All members down at one instant: until the first is back or replaced.
  const atOnce = [...shocks.all, ...sharedHosts(model, group)];
  const together = atOnce.reduce((sum, { rate, down }) => sum + rate * (down || detection + recovery.mean), 0);
  const commonCause = { name: 'common cause', dpm: together * SECONDS_PER_YEAR };
  if (isShared(model, group)) {
    const terms = sharedTerms(model, group, {
      rate,
      detection,
      failing: failoverOutcomes(model, groups.remediation[group]!).failing,
      waitOf: (program) => (waits ? controlWait(model, program) : 0),
    });
    return total([...terms, commonCause], groups.carriers[group]! * rate);
  }
  const members = groups.seatStart[group + 1]! - first;
  const coverage = groups.coverage[group]!;
  // What nobody has to report may take for ever.
  const report = coverage === 1 ? 0 : mean(model.laws[groups.uncoveredLaw[group]!]!);
  const perYear = rate * SECONDS_PER_YEAR;
  if (members === 1) {
    const terms = [
      {
        name: 'detection and recovery',
        dpm: perYear * (coverage * detection + timeUntilBack(model, groups.recovery[group]!)),
      },
      { name: 'uncovered faults', dpm: perYear * (1 - coverage) * report },
      { name: 'control path', dpm: waits ? perYear * controlWait(model, groups.recovery[group]!) : 0 },
      commonCause,
    ];
    return total(terms, rate);
  }
  const standbyRate = rate * groups.standbyRate[group]!;
  const failover = programDuration(model, groups.remediation[group]!).mean;
  const { done, failing } = failoverOutcomes(model, groups.remediation[group]!);
  const manual = programDuration(model, groups.manual[group]!).mean;
  const byHand = groups.uncoveredManual[group] === 1 ? manual : failover;
  // Faults that end in hands before the flow gets that far never ask the control path (NC-36).
  const asked =
    (groups.uncoveredManual[group] === 1 ? coverage : 1) * controlReached(model, groups.remediation[group]!);
  // A second failure during the exposure X leaves the service down for what remains of it: E[X²]/2.
  const second = ((rate + standbyRate) * rate * recovery.square) / 2;
  const latency = standbyLatency(model, group);
  const terms = [
    { name: 'covered failover', dpm: perYear * coverage * (done.chance * detection + done.time) },
    { name: 'uncovered faults', dpm: perYear * (1 - coverage) * (report + byHand) },
    {
      name: 'failed failover',
      dpm: perYear * coverage * (failing.chance * (detection + manual) + failing.time),
    },
    { name: 'second failure', dpm: second * SECONDS_PER_YEAR },
    commonCause,
    { name: 'latent standby', dpm: perYear * standbyRate * latency * (detection + recovery.mean) },
    { name: 'control path', dpm: waits ? perYear * asked * controlWait(model, groups.remediation[group]!) : 0 },
    { name: 'switching back', dpm: perYear * programDuration(model, groups.switchBack[group]!).mean },
  ];
  return total(terms, rate);
}

function total(terms: readonly Term[], frequency: number): GroupFormula {
  const dpm = terms.reduce((sum, term) => sum + term.dpm, 0);
  // Far from small numbers a first-order sum may exceed the year.
  return { terms, unavailability: Math.min(1, dpm / SECONDS_PER_YEAR), frequency };
}

/** Failures per second that take the member out: its layers' and those of everything it runs on. */
function memberRate(model: CompiledModel, seat: number): number {
  const { seats, elements } = model;
  let rate = 0;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    rate += elementFigures(model, seats.layer[i]!).rate;
  }
  for (let host = seats.home[seat]!; host >= 0; host = elements.host[host]!) {
    rate += elementFigures(model, host).rate;
    if (elements.inner[host]! >= 0) rate += signalFigures(model, [elements.inner[host]!]).frequency;
  }
  return rate;
}

/** Failures of what all members stand on (a rack, a site); down is 0 where they are replaced elsewhere. */
function sharedHosts(model: CompiledModel, group: number): { readonly rate: number; readonly down: number }[] {
  const { groups, seats, elements } = model;
  const first = groups.seatStart[group]!;
  const chains: number[][] = [];
  for (let seat = first; seat < groups.seatStart[group + 1]!; seat++) {
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

/** Mean time to detect by the quickest detector, s. */
function detectionTime(model: CompiledModel, group: number): number {
  const { groups, laws } = model;
  let best = Number.POSITIVE_INFINITY;
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    best = Math.min(best, mean(laws[groups.detectorLaw[i]!]!));
  }
  return Number.isFinite(best) ? best : mean(laws[groups.uncoveredLaw[group]!]!);
}

/** Mean time a standby's fault stays unnoticed, s. */
function standbyLatency(model: CompiledModel, group: number): number {
  const { groups, laws } = model;
  const covered = groups.standbyCoverage[group]!;
  const law = groups.standbyLaw[group]!;
  const noticed = law >= 0 ? mean(laws[law]!) : detectionTime(model, group);
  return covered * noticed + (1 - covered) * (covered === 1 ? 0 : mean(laws[groups.auditLaw[group]!]!));
}

function recoveryDuration(model: CompiledModel, group: number) {
  return programDuration(model, model.groups.recovery[group]!);
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
