import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Law } from '../../model/law.ts';
import { ACTIONS, type Action, type Condition, OPERATORS, type PolicyEntry } from '../../model/monitoring.ts';
import type { FailureMode, InstanceLayer } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import { readFrequency } from './failures.ts';
import { law } from './law.ts';
import { choice, numberFrom } from './parsers.ts';

/**
 * What monitoring does when a condition holds, by the name of the condition. Actions that take the member down are
 * outages that nobody but the policy brings about; those that a healthy member triggers come again and again.
 */
export function readPolicy(part: Section): Readonly<Record<string, PolicyEntry>> {
  return Object.fromEntries(
    part.entries().map((entry): [string, PolicyEntry] => {
      const condition = entry.required('condition', readCondition, { operator: 'down' });
      const action = entry.required('action', choice(ACTIONS), 'none');
      const healthy = entry.optional('healthy', numberFrom(0));
      const rate = ['rate', 'mtbf', 'law'].some((key) => entry.has(key)) ? readFrequency(entry) : undefined;
      const stops = action === 'stop' || action === 'reboot';
      const { after, stop, reboot } = DEFAULTS.policy;
      const returns = action === 'stop' ? stop : reboot;
      for (const key of stops ? [] : ['healthy', 'rate', 'mtbf', 'law', 'after', 'takes']) {
        if (!entry.has(key)) continue;
        const message = `"${action}" takes nothing down: nothing depends on it`;
        entry.at(key).problem('no-effect', message, 'action: stop, or reboot', { part: 'key' });
      }
      const own = healthy !== undefined && holds(condition, healthy);
      if (own && rate !== undefined) {
        const message = 'a healthy member triggers it: how often follows from the member itself';
        entry.at('healthy').problem('conflicting-keys', message, undefined, { part: 'key' });
      }
      return [
        entry.key,
        {
          condition,
          action,
          ...(healthy === undefined ? {} : { healthy }),
          ...(rate === undefined ? {} : { timeToCondition: rate }),
          after: entry.defaulted('after', law, after, stops && own),
          takes: entry.defaulted('takes', law, returns, stops),
        },
      ];
    }),
  );
}

/** The layers with what the policy does to them: a stop hits the innermost one, a reboot the outermost. */
export function withPolicy(
  instance: readonly InstanceLayer[],
  policy: Readonly<Record<string, PolicyEntry>>,
): readonly InstanceLayer[] {
  const modes = (action: Action): readonly FailureMode[] =>
    Object.entries(policy).flatMap(([id, entry]) => (entry.action === action ? [modeOf(id, entry)] : []));
  const last = instance.length - 1;
  return instance.map((layer, i) => {
    const more = [...(i === 0 ? modes('reboot') : []), ...(i === last ? modes('stop') : [])];
    return more.length === 0 ? layer : { ...layer, failures: [...layer.failures, ...more] };
  });
}

function modeOf(id: string, { condition, healthy, timeToCondition, after, takes }: PolicyEntry): FailureMode {
  const own = healthy !== undefined && holds(condition, healthy);
  const timeToFailure: Law = own ? after : (timeToCondition ?? { kind: 'never' });
  const attribution = { cause: 'procedural', bucket: 'OPER', party: 'OPER' } as const;
  return { id, timeToFailure, ...attribution, restore: { by: 'itself', after: takes } };
}

/** The condition is true of this value. */
export function holds({ operator, value = 0 }: Condition, found: number): boolean {
  if (operator === 'down') return found === 0;
  return operator.endsWith('greater') ? found > value : found < value;
}

/** `[down]`, `[greater, 22]`, `[and less, 22]`: as a monitoring policy of a VNF descriptor writes it. */
function readCondition(part: Section): Condition {
  const [first, second, ...rest] = part.items();
  const operator = first === undefined ? undefined : choice(OPERATORS)(first);
  if (operator === undefined) {
    if (first === undefined) part.problem('bad-quantity', 'expected a condition', 'for example [greater, 22]');
    return { operator: 'down' };
  }
  if (operator === 'down') {
    if (second !== undefined) second.problem('no-effect', '"down" is compared with nothing');
    return { operator };
  }
  if (second === undefined || rest.length > 0) {
    part.problem('bad-quantity', `"${operator}" is compared with one value`, `for example [${operator}, 22]`);
    return { operator };
  }
  return { operator, value: numberFrom(0)(second) ?? 0 };
}
