import { DEFAULTS } from '../../catalogue/defaults.ts';
import { type PathUpdate, UPDATE_ORDERS } from '../../model/port-chain.ts';
import type { StructureSpec } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import type { Names } from './names.ts';
import { choice, flag, probability, text, texts } from './parsers.ts';

const { portChain: defaults } = DEFAULTS;

/**
 * Port chains: hops in order, each a group whose members are its port pairs. Tells `names` what must be up for
 * each, and returns how the path follows the members of each hop, by group.
 */
export function readPortChains(section: Section, names: Names): ReadonlyMap<string, PathUpdate> {
  const paths = new Map<string, PathUpdate>();
  for (const part of section.entries()) {
    const sticky = part.defaulted('sticky', flag, defaults.sticky);
    const path: PathUpdate = {
      chain: part.key,
      notify: part.defaulted('notify', flag, defaults.notify),
      order: part.defaulted('order', choice(UPDATE_ORDERS), defaults.order),
      detachOnFailure: part.defaulted('detachOnFailure', flag, defaults.detachOnFailure),
      apiEnforcesInUse: part.defaulted('apiEnforcesInUse', flag, defaults.apiEnforcesInUse),
      sticky,
      agents: readAgents(part.at('agents'), names),
    };
    part.optional('hops', texts);
    part.optional('agents', texts);
    const hops = readHops(part.at('hops'), names);
    for (const { of, at } of hops) {
      const other = paths.get(of);
      if (other === undefined) paths.set(of, path);
      else
        at.problem('duplicate-name', `"${of}" is a hop of port chain "${other.chain}" already`, 'a group of its own');
    }
    const isSymmetric = part.defaulted('symmetricReturn', flag, defaults.symmetricReturn);
    const there = sessionsOver(hops, sticky);
    const all: StructureSpec = isSymmetric ? there : { kind: 'return', inputs: [there] };
    const fraction = readShare(part.at('classifiers'));
    names.portChains.set(
      part.key,
      fraction === 1 ? all : { kind: 'share', inputs: [all], weights: [1], required: 1, fraction },
    );
  }
  return paths;
}

/** Sticky sessions meet the same members in all hops; others lose in each hop what is hashed to a dead one (SEM-04). */
function sessionsOver(hops: readonly { readonly of: string }[], sticky: boolean): StructureSpec {
  const inputs = hops.map(({ of }): StructureSpec => ({ kind: 'leaf', of }));
  return { kind: 'all', inputs, losses: sticky ? 'max' : 'product' };
}

function readHops(list: Section, names: Names): readonly { readonly of: string; readonly at: Section }[] {
  return list.items().flatMap((at) => {
    const name = text(at);
    if (name === undefined) return [];
    if (names.kindOf(name) === 'group') return [{ of: name, at }];
    const several = names.kindOf(name) === 'set';
    const message = several ? `"${name}" stands for several groups` : `there is no group "${name}"`;
    at.problem('dangling-reference', message, didYouMean(name, names.listed(['group']), 'groups'));
    return [];
  });
}

/** Share of the traffic that some classifier sends into the chain; the rest goes past it. */
function readShare(section: Section): number {
  const parts = section.entries();
  if (parts.length === 0) return 1;
  let sum = 0;
  for (const part of parts) sum += section.required(part.key, probability, 0);
  if (sum > 1 + 1e-9)
    section.problem('out-of-range', `classifiers take ${Number((100 * sum).toPrecision(6))} % of the traffic`);
  else if (sum === 0) section.problem('out-of-range', 'no traffic enters the chain', 'a share above 0 %');
  return sum > 0 && sum < 1 - 1e-12 ? sum : 1;
}

function readAgents(list: Section, names: Names): readonly string[] {
  return list.items().flatMap((item) => {
    const name = text(item);
    if (name === undefined) return [];
    if (names.kindOf(name) === 'counted') return names.expand(name);
    return names.requireElement(name, item) ? [name] : [];
  });
}
