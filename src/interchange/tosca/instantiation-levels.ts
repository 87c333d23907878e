import { didYouMean } from '../../scenario/read/suggest.ts';
import { properties, type Reading, targetsOf } from './policy-targets.ts';
import type { Policy } from './template.ts';
import { descendants, entriesOf, entry } from './tree.ts';

/** How many instances there are to begin with, at each instantiation level. */

export function readInitial(policy: Policy, reading: Reading): void {
  const { context } = reading;
  const initial = entry(properties(policy), 'initial_delta');
  const each = entry(initial?.value, 'number_of_instances') ?? entry(properties(policy), 'number_of_instances');
  const count = context.count(each);
  for (const vdu of targetsOf(policy, reading)) {
    context.ledger.take(each, `groups.${vdu.name}.members, unless an instantiation level says otherwise`);
    if (count === undefined) continue;
    vdu.instances = count;
    delete vdu.why;
  }
}

export function readLevels(policy: Policy, reading: Reading): void {
  const { context } = reading;
  const targets = targetsOf(policy, reading);
  for (const level of entriesOf(entry(properties(policy), 'levels')?.value)) {
    const each = entry(level.value, 'number_of_instances');
    const count = context.count(each);
    for (const vdu of targets) {
      if (count === undefined) continue;
      vdu.levels.set(level.key, count);
      context.ledger.take(each, `groups.${vdu.name}.members at level ${level.key}`);
      if (vdu.most !== undefined && count > vdu.most)
        context.find(
          each!.value.place,
          'impossible-range',
          `${count} instances of ${vdu.name} at level "${level.key}", of at most ${vdu.most}`,
          'max_number_of_instances',
        );
    }
  }
}

/** The default level decides how many there are; the others become variants. */
export function readLevelNames(policy: Policy, reading: Reading): void {
  const { context, vdus } = reading;
  const levels = entriesOf(entry(properties(policy), 'levels')?.value);
  const usual = entry(properties(policy), 'default_level');
  const name = context.text(usual);
  const chosen = name ?? levels[0]?.key;
  if (chosen === undefined) return;
  if (name === undefined)
    context.assume('instantiation level', chosen, 'no default level is stated: the first one', '[EA]');
  else if (levels.some(({ key }) => key === name))
    context.ledger.take(usual, 'the level the scenario shows; the others are variants');
  else
    context.find(
      usual!.value.place,
      'dangling-reference',
      `there is no instantiation level "${name}"`,
      didYouMean(
        name,
        levels.map(({ key }) => key),
        'levels',
      ),
    );
  for (const level of levels) {
    context.ledger.take(level, level.key === chosen ? 'the level the scenario shows' : `variants.${level.key}`);
    for (const each of descendants(level.value))
      context.ledger.approximate(each, 'the numbers of instances of the level count');
  }
  for (const vdu of vdus) {
    const count = vdu.levels.get(chosen);
    if (count === undefined) continue;
    vdu.instances = count;
    delete vdu.why;
    vdu.levels.delete(chosen);
  }
}
