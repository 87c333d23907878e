import { createHash } from 'node:crypto';
import type { Scenario } from '../model/scenario.ts';

/**
 * First 16 hex digits of the SHA-256 of the resolved scenario in canonical form: keys sorted, numbers as shortest text.
 * Comments, formatting, units, order of keys and whether a value is stated or a default make no difference; neither do
 * the title and the wording of limits.
 */
export function digestOf(scenario: Scenario): string {
  const { assumptions: _assumptions, title: _title, ...rest } = scenario;
  const targets = scenario.targets.map(({ text: _text, ...target }) => target);
  return createHash('sha256')
    .update(canonical({ ...rest, targets }))
    .digest('hex')
    .slice(0, 16);
}

/** JSON with sorted keys; infinite numbers are text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
  }
  return typeof value === 'number' && !Number.isFinite(value) ? `"${value}"` : JSON.stringify(value);
}
