import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Separation } from './plan.ts';
import { properties, type Reading, targetsOf } from './policy-targets.ts';
import type { Policy } from './template.ts';
import { entry, textOf } from './tree.ts';

/** What must not, or must, run together. */

export function readPlacement(policy: Policy, reading: Reading): void {
  const { context, separations } = reading;
  const { ledger } = context;
  const map = properties(policy);
  const written = entry(map, 'policy');
  const word = (context.text(written) ?? '').toLowerCase();
  const strict = entry(map, 'strict');
  const soft = /^soft-/.test(word) || textOf(strict?.value) === 'false';
  const apart = /anti/.test(word);
  if (!/affinity/.test(word))
    context.find(
      (written ?? policy.entry).place,
      'bad-value',
      `placement policy "${policy.name}" is neither affinity nor anti-affinity; it is left out`,
      'policy: anti-affinity',
    );
  const targets = targetsOf(policy, reading);
  if (targets.length === 0 || !/affinity/.test(word)) {
    ledger.ignore(policy.entry, 'the policy applies to nothing');
    return;
  }
  const names = targets.map(({ name }) => name);
  ledger.take(written, `groups.${names.join(', ')}.placement.antiAffinity`);
  if (strict !== undefined) ledger.take(strict, `groups.${names.join(', ')}.placement.antiAffinity.hard`);
  else
    context.assume(
      `placement policy ${policy.name}: strict`,
      'true',
      'the policy does not say whether it may be violated',
      '[EA] A-09',
    );
  separations.push({
    name: policy.name,
    apart,
    level: 'node',
    scope: 'host',
    hard: !soft,
    vdus: names,
    entry: policy.entry,
  });
}

const SCOPES: Readonly<Record<string, Separation['level']>> = {
  nfvi_node: 'node',
  network_link_and_node: 'node',
  container_namespace: 'node',
  zone: 'rack',
  zone_group: 'rack',
  nfvi_pop: 'site',
};

export function readAffinity(policy: Policy, apart: boolean, reading: Reading): void {
  const { context, separations } = reading;
  const { ledger } = context;
  const written = entry(properties(policy), 'scope') ?? entry(policy.body, 'scope');
  const scope = context.text(written);
  const level = SCOPES[scope ?? 'nfvi_node'];
  const targets = targetsOf(policy, reading);
  const names = targets.map(({ name }) => name);
  if (scope === undefined)
    context.assume(
      `policy ${policy.name}: scope`,
      'nfvi_node',
      'the rule does not say what must not be shared',
      '[EA] A-09',
    );
  else if (level === undefined)
    context.find(
      written!.value.place,
      'bad-value',
      `scope "${scope}" is none of ${Object.keys(SCOPES).join(', ')}; it is read as nfvi_node`,
      didYouMean(scope, Object.keys(SCOPES), 'scopes'),
    );
  if (targets.length === 0) {
    context.find(policy.entry.place, 'unused-policy', `rule "${policy.name}" applies to no VDU`);
    ledger.ignore(policy.entry, 'the rule applies to nothing');
    return;
  }
  const as = `groups.${names.join(', ')}.placement.antiAffinity`;
  if (scope === 'nfvi_node' || scope === 'zone' || scope === 'nfvi_pop') ledger.take(written, as);
  else ledger.approximate(written, `${as}: ${level ?? 'node'} is the nearest level`);
  separations.push({
    name: policy.name,
    apart,
    level: level ?? 'node',
    scope: scope ?? 'nfvi_node',
    hard: true,
    vdus: names,
    entry: policy.entry,
  });
}
