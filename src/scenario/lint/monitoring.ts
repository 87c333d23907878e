import { type Law, mean } from '../../model/law.ts';
import type { Group } from '../../model/scenario.ts';
import type { Section } from '../resolve/context.ts';
import { holds } from '../resolve/policy.ts';

/** Faults of a group that none of its detectors sees: their coverage is 0. */
export function lintCoverage(part: Section, { detection }: Group): void {
  const [first, ...rest] = detection.detectors;
  const nowhere = (first?.unseen ?? []).filter(
    (layer) => layer !== 'agent' && rest.every(({ unseen = [] }) => unseen.includes(layer)),
  );
  if (nowhere.length === 0) return;
  const which = detection.detectors.map(({ id }) => id).join(', ');
  const message = `${which}: faults of ${nowhere.join(', ')} are not covered; ${untilReported(detection.uncovered.detect)}`;
  const hint = 'a detector that covers them, or "covers" of an own one';
  part.at('detection').problem('uncovered-layer', message, hint, { level: 'warning', part: 'key' });
}

function untilReported(report: Law): string {
  return report.kind === 'never' ? 'nobody ever notices them' : `users report them after ${mean(report)} s`;
}

/** Actions of a monitoring policy that do harm, or whose condition says less than it seems to. */
export function lintPolicy(part: Section, { policy = {} }: Group): void {
  for (const [id, entry] of Object.entries(policy)) {
    const { condition, action, healthy } = entry;
    const at = part.at('policy').at(id);
    const found = (code: string, message: string, hint: string): undefined =>
      at.problem(code, message, hint, { level: 'warning', part: 'key' });
    if (action === 'stop') {
      found('policy-stops', 'the service is stopped and nothing starts it again', 'action: restart');
    } else if (action !== 'reboot') {
    } else if (condition.operator === 'and less' && healthy === undefined) {
      const message = `"and less" joins a condition that is not said; alone, less than ${condition.value} may be true of a healthy member, which is rebooted`;
      found('policy-ambiguous', message, 'say what it is joined to, or "healthy": the value of a healthy member');
    } else if (condition.operator === 'less' || (healthy !== undefined && holds(condition, healthy))) {
      const message = `less than ${condition.value} is true of an idle member: it is rebooted for having nothing to do`;
      found('policy-reboots-idle', message, 'greater, or action: none');
    }
  }
}
