import { didYouMean } from '../../scenario/read/suggest.ts';
import { properties, type Reading, targetsOf } from './policy-targets.ts';
import type { Policy } from './template.ts';
import { entriesOf, entry, wordsOf } from './tree.ts';

/** How many instances there may be: scaling policies, aspects and their steps. Scaling itself is not simulated. */

export function readScaling(policy: Policy, reading: Reading): void {
  const { context } = reading;
  const { ledger } = context;
  const map = properties(policy);
  const usual = entry(map, 'default_instances');
  const least = entry(map, 'min_instances');
  const most = entry(map, 'max_instances');
  const count = context.count(usual) ?? context.count(least);
  const max = context.count(most);
  const targets = targetsOf(policy, reading);
  const names = targets.map(({ name }) => name).join(', ');
  if (targets.length === 0) {
    ledger.ignore(policy.entry, 'the policy applies to nothing');
    context.find(policy.entry.place, 'unused-policy', `scaling policy "${policy.name}" applies to no VDU`);
    return;
  }
  for (const vdu of targets) {
    if (count !== undefined) {
      vdu.instances = count;
      delete vdu.why;
    }
    if (max !== undefined) vdu.most = max;
  }
  ledger.take(usual ?? least, `groups.${names}.members`);
  if (usual !== undefined) ledger.approximate(least, 'members are fixed: scaling is not simulated');
  for (const each of [
    most,
    entry(map, 'increment'),
    entry(map, 'cooldown'),
    entry(map, 'target_cpu_utilization_percentage'),
  ])
    ledger.approximate(each, 'members are fixed: scaling is not simulated');
  const low = context.count(least);
  if (low !== undefined && count !== undefined && max !== undefined && (count < low || count > max))
    context.find(
      usual!.value.place,
      'impossible-range',
      `${count} instances to begin with, outside of ${low} … ${max}`,
    );
}

export function readAspects(policy: Policy, { context }: Reading): void {
  const aspects = entry(properties(policy), 'aspects');
  for (const aspect of entriesOf(aspects?.value)) {
    context.count(entry(aspect.value, 'max_scale_level'));
    context.ledger.approximate(aspect, 'members are fixed: scaling is not simulated');
    for (const key of ['max_scale_level', 'step_deltas', 'default_delta'])
      context.ledger.approximate(entry(aspect.value, key), 'members are fixed: scaling is not simulated');
  }
}

export function readDeltas(policy: Policy, reading: Reading): void {
  const { context, policies } = reading;
  const targets = targetsOf(policy, reading);
  const aspect = entry(properties(policy), 'aspect');
  const name = context.text(aspect);
  const aspects = policies
    .filter(({ kind }) => kind === 'scalingaspects')
    .flatMap((other) => entriesOf(entry(properties(other), 'aspects')?.value));
  const defined = aspects.find(({ key }) => key === name);
  if (name !== undefined && defined === undefined && aspects.length > 0)
    context.find(
      aspect!.value.place,
      'dangling-reference',
      `there is no scaling aspect "${name}"`,
      didYouMean(
        name,
        aspects.map(({ key }) => key),
        'aspects',
      ),
    );
  context.ledger.approximate(aspect, 'members are fixed: scaling is not simulated');
  const deltas = entriesOf(entry(properties(policy), 'deltas')?.value);
  const levels = deltas.length === 1 ? context.count(entry(defined?.value, 'max_scale_level')) : undefined;
  for (const word of wordsOf(entry(defined?.value, 'step_deltas')?.value)) {
    if (deltas.length > 0 && !deltas.some(({ key }) => key === word))
      context.find(
        policy.entry.place,
        'dangling-reference',
        `aspect "${name}" steps by "${word}", which "${policy.name}" does not define`,
        didYouMean(
          word,
          deltas.map(({ key }) => key),
          'deltas',
        ),
      );
  }
  for (const delta of deltas) {
    const each = entry(delta.value, 'number_of_instances');
    const step = context.count(each);
    context.ledger.approximate(each, 'members are fixed: scaling is not simulated');
    if (step === undefined || levels === undefined) continue;
    for (const vdu of targets) {
      const reached = vdu.instances + step * levels;
      if (vdu.most !== undefined && reached > vdu.most)
        context.find(
          each!.value.place,
          'impossible-range',
          `${levels} steps of ${step} lead from ${vdu.instances} to ${reached} instances of ${vdu.name}, of at most ${vdu.most}`,
          'max_scale_level, or max_number_of_instances',
        );
    }
  }
}
