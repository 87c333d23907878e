import type { Estimate } from '../model/estimate.ts';
import type { GroupResult, Result, ServiceResult, TargetLine } from '../model/result.ts';
import { zeroFailureTrials } from './statistics/proportion.ts';
import { verdictOf } from './targets.ts';

/** s/year from all attributable causes (B-52). */
const DOWNTIME_LIMIT = 31.5;
/** Probabilities whose demonstration is spelt out (B-53, NC-27). */
const DEMONSTRATED = [0.99, 0.999, 0.9999, 0.99999];

type Figures = Pick<Result, 'services' | 'groups'>;

/** The six high-level engineering targets (B-52), each with the worst that was measured. */
export function targetSheet({ services, groups }: Figures, confidence: number): readonly TargetLine[] {
  const samples = DEMONSTRATED.map((probability) => ({
    probability,
    trials: zeroFailureTrials(probability, confidence),
  }));
  const ratio = (id: TargetLine['id'], read: (group: GroupResult) => Estimate | null): TargetLine => {
    const measured = Object.entries(groups).flatMap(([of, group]) => {
      const estimate = read(group);
      return estimate === null ? [] : [{ of, estimate }];
    });
    if (measured.length === 0)
      return { id, limit: 1, of: null, estimate: null, trials: 0, samples, verdict: 'undecided' };
    const { of, estimate } = measured.reduce((a, b) => (b.estimate.value < a.estimate.value ? b : a));
    const { n: trials, value } = estimate;
    const verdict = verdictOf(estimate, 1, true);
    return { id, limit: 1, of, estimate, trials, successes: Math.round(value * trials), samples, verdict };
  };
  return [
    downtimeLine(services),
    ratio('failoverTime', (group) => group.withinTarget),
    ratio('localisation', (group) => group.imperfect?.localisation ?? null),
    ratio('containment', (group) => group.imperfect?.containment ?? null),
    ratio('detectionCoverage', (group) => group.coverage.ratio),
    ratio('failoverSuccess', (group) => group.successRatio),
  ];
}

function downtimeLine(services: Readonly<Record<string, ServiceResult>>): TargetLine {
  const all = Object.entries(services).map(([of, { dpm }]) => ({ of, estimate: dpm.attributable }));
  const common = { id: 'downtime', limit: DOWNTIME_LIMIT } as const;
  if (all.length === 0) return { ...common, of: null, estimate: null, verdict: 'undecided' };
  const { of, estimate } = all.reduce((a, b) => (b.estimate.value > a.estimate.value ? b : a));
  return { ...common, of, estimate, verdict: verdictOf(estimate, DOWNTIME_LIMIT, false) };
}
