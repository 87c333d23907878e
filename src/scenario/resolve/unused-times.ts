import { TIME_NAMES } from '../../catalogue/defaults.ts';
import type { Flow } from '../../model/flow.ts';
import type { Section } from './context.ts';
import { parameterNames } from './parameters.ts';

/** Code of the warning about a time that this variant does not use; others may. */
export const UNUSED_TIME = 'unused-time';

/** Times that only steps of flows take; the others belong to the manual path and to cold standbys. */
const FLOW_TIMES = TIME_NAMES.filter((name) => name !== 'manualRestore' && name !== 'coldStart');

/** Times stated under `times`, the section `part`, that no step of the flow takes. */
export function checkUnusedTimes(part: Section, flow: Flow | undefined): void {
  if (flow === undefined) return;
  const taken = parameterNames(flow, (step) => step.duration);
  for (const entry of part.entries()) {
    if (!FLOW_TIMES.includes(entry.key) || taken.includes(entry.key)) continue;
    const message = `no step of flow ${flow.id} takes this time, in no variant either`;
    entry.problem(UNUSED_TIME, message, 'remove it, or name the flow that takes it', { level: 'warning', part: 'key' });
  }
}
