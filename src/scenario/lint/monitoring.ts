import { type Law, mean } from '../../model/law.ts';
import type { Group } from '../../model/scenario.ts';
import type { Section } from '../resolve/context.ts';

/** Faults of a group that none of its detectors sees: their coverage is 0. */
export function lintCoverage(part: Section, { detection }: Group): void {
  const [first, ...rest] = detection.detectors;
  const nowhere = (first?.unseen ?? []).filter((layer) => rest.every(({ unseen = [] }) => unseen.includes(layer)));
  if (nowhere.length === 0) return;
  const which = detection.detectors.map(({ id }) => id).join(', ');
  const message = `${which}: faults of ${nowhere.join(', ')} are not covered; ${untilReported(detection.uncovered.detect)}`;
  const hint = 'a detector that covers them, or "covers" of an own one';
  part.at('detection').problem('uncovered-layer', message, hint, { level: 'warning', part: 'key' });
}

function untilReported(report: Law): string {
  return report.kind === 'never' ? 'nobody ever notices them' : `users report them after ${mean(report)} s`;
}
