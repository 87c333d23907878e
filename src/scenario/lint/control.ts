import { derivedImpacts, graver } from '../../model/control.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { Section } from '../resolve/context.ts';
import { leavesOf } from '../resolve/structure.ts';

/** Control functions that are said to matter less than what needs them (B-74, DX-15). */
export function lintControl(part: Section, scenario: Scenario): void {
  const stoodOn = Object.values(scenario.services).flatMap(({ structure }) => leavesOf(structure));
  const derived = derivedImpacts(scenario, stoodOn);
  for (const [id, { impact }] of Object.entries(scenario.control)) {
    const found = derived.get(id)!;
    if (impact === undefined || impact === found.impact || graver(impact, found.impact) === impact) continue;
    const message = `"${id}" is classed ${impact}, yet ${found.askedBy.join(', ')} cannot do without it: at least ${found.impact}`;
    part
      .at('functions')
      .at(id)
      .problem('criticality-inherited', message, `impact: ${found.impact}`, { level: 'warning', part: 'key' });
  }
}
