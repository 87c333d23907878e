import { DEFAULTS } from '../../catalogue/defaults.ts';
import { OPERATION_NAMES, type Platform } from '../../catalogue/platforms.ts';
import type { FailingOperation, OperationRules } from '../../model/control.ts';
import type { ControlFunction } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { law } from './law.ts';
import { probability, text } from './parsers.ts';

type Functions = Readonly<Record<string, ControlFunction>>;

/** What the operations of the control path ask: the platform's map, with what the file says of them (B-79, B-80). */
export function readOperations(
  section: Section,
  platform: Platform | undefined,
  functions: Functions,
): Readonly<Record<string, OperationRules>> {
  const rules: Record<string, OperationRules> = {};
  for (const [id, needs] of Object.entries(platform?.operations ?? {})) rules[id] = { needs };
  for (const part of section.entries()) {
    const own = part.optional('needs', (list) => readNeeds(list, functions));
    const also = part.optional('also', (list) => readNeeds(list, functions));
    if (own !== undefined && also !== undefined) {
      const message = '"needs" is all it asks, "also" is added to what the platform says';
      part.at('also').problem('conflicting-keys', message, undefined, { part: 'key' });
    }
    const failing = readFailing(part);
    rules[part.key] = {
      needs: [...new Set([...(own ?? rules[part.key]?.needs ?? []), ...(also ?? [])])],
      ...(failing === undefined ? {} : { failing }),
    };
  }
  return rules;
}

/** Operations a step may be: those the file or its platform describes, and those the catalogue's flows name. */
export function knownOperations(rules: Readonly<Record<string, OperationRules>>): readonly string[] {
  return [...new Set([...Object.keys(rules), ...OPERATION_NAMES])];
}

/** Control functions in a list; unknown ones are reported. */
export function readNeeds(section: Section, functions: Functions): readonly string[] {
  return section.items().flatMap((item) => {
    const name = text(item);
    if (name === undefined || Object.hasOwn(functions, name)) return name ?? [];
    const hint = didYouMean(name, Object.keys(functions), 'control functions');
    return item.problem('dangling-reference', `there is no control function "${name}"`, hint) ?? [];
  });
}

function readFailing(part: Section): FailingOperation | undefined {
  const { operation } = DEFAULTS.control;
  const chance = part.optional('failure', probability) ?? 0;
  if (chance >= 1) return part.at('failure').problem('out-of-range', 'an operation that always fails never ends');
  const fails = chance > 0;
  const notify = part.defaulted('notify', law, operation.notify, fails);
  const orphans = part.defaulted('orphans', probability, operation.orphans, fails);
  for (const key of ['notify', 'orphans'] as const) {
    if (fails || !part.has(key)) continue;
    part.at(key).problem('unused-key', 'says what becomes of an operation that fails, and it does not', 'failure: 1 %');
  }
  return fails ? { probability: chance, notify, orphans } : undefined;
}
