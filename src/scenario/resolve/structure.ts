import type { StructureSpec } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree } from '../read/tree.ts';
import type { Section } from './context.ts';
import type { Names } from './names.ts';
import { count, numberAbove, probability, text } from './parsers.ts';

const CONTROL: readonly unknown[] = ['control', 'control-instance'];
const FORMS = ['all', 'any', 'atLeast', 'share', 'standby'] as const;

/** What a structure may name: the names of the file, or the parts of one element. */
export type StructureNames = Pick<Names, 'kindOf' | 'listed' | 'expand'> & Partial<Pick<Names, 'portChains'>>;

/** A structure as written: a name, or {all: […]}, {any: […]}, {atLeast: k, of: […]}, {share: […]}. Counted names become their members. */
export function readStructure(section: Section, names: StructureNames): StructureSpec | undefined {
  if (!isMapTree(section.tree)) {
    const inputs = readLeaves(section, names);
    return inputs.length > 1 ? { kind: 'all', inputs } : inputs[0];
  }
  const given = FORMS.filter((form) => section.has(form));
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    return section.problem(
      'bad-structure',
      `expected one of ${FORMS.join(', ')}, got ${given.join(' and ') || 'none'}`,
    );
  }
  for (const key of ['weights', 'required', 'fraction'].filter((key) => kind !== 'share' && section.has(key))) {
    section.at(key).problem('bad-structure', `"${key}" goes with "share"`, undefined, { part: 'key' });
  }
  if (kind === 'share') return readShare(section, names);
  if (kind === 'standby') return readStandby(section, names);
  if (kind !== 'atLeast') {
    if (section.has('of'))
      return section.problem('bad-structure', '"of" goes with "atLeast"', undefined, { part: 'key' });
    return { kind, inputs: readInputs(section.at(kind), names) };
  }
  const inputs = readInputs(section.at('of'), names);
  const atLeast = count(1)(section.at('atLeast'));
  if (atLeast === undefined) return undefined;
  if (section.has('of') && atLeast > inputs.length && inputs.length > 0) {
    return section.at('atLeast').problem('impossible-count', `${atLeast} out of ${inputs.length} is never reached`);
  }
  return { kind, atLeast, inputs };
}

/** {standby: [first, spare, …]}: one that is used, and at least one that can take its place. */
function readStandby(section: Section, names: StructureNames): StructureSpec | undefined {
  if (section.has('of'))
    section.at('of').problem('bad-structure', '"of" goes with "atLeast"', undefined, { part: 'key' });
  const list = section.at('standby');
  const [first] = list.items();
  const inputs = readInputs(list, names);
  if (first !== undefined && !isMapTree(first.tree) && names.expand(text(first) ?? '').length > 1)
    return first.problem(
      'bad-structure',
      'one thing is used at a time, and this name stands for several',
      'name one of them',
    );
  if (inputs.length === 1)
    return list.problem('bad-structure', 'expected what is used and at least one spare', '{standby: [pump-1, pump-2]}');
  return inputs.length === 0 ? undefined : { kind: 'standby', inputs };
}

/**
 * {share: […], weights: […], required: r, fraction: p}: a weight is that of each thing its item stands for, default 1; a
 * fraction p of the load uses them, default all of it.
 */
function readShare(section: Section, names: StructureNames): StructureSpec | undefined {
  const list = section.at('share');
  const items = list.items();
  const written = section.at('weights').items();
  if (items.length === 0) return list.problem('bad-structure', 'expected a list of at least one name');
  if (section.has('weights') && written.length !== items.length) {
    const message = `${items.length} inputs need ${items.length} weights, got ${written.length}`;
    return section.at('weights').problem('bad-structure', message);
  }
  const inputs: StructureSpec[] = [];
  const weights: number[] = [];
  items.forEach((item, i) => {
    const weight = written[i] === undefined ? 1 : numberAbove(0)(written[i]);
    const found = isMapTree(item.tree) ? [readStructure(item, names)] : readLeaves(item, names);
    for (const input of found) {
      if (input === undefined || weight === undefined) continue;
      inputs.push(input);
      weights.push(weight);
    }
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const required = section.has('required') ? numberAbove(0)(section.at('required')) : whole;
  const fraction = section.has('fraction') ? probability(section.at('fraction')) : 1;
  if (required === undefined || fraction === undefined) return undefined;
  if (fraction === 0) {
    return section.at('fraction').problem('out-of-range', 'a load that uses none of it', 'leave the input away');
  }
  if (required > whole && inputs.length > 0) {
    return section.at('required').problem('impossible-count', `${required} out of ${whole} is never reached`);
  }
  return { kind: 'share', inputs, weights, required, ...(fraction === 1 ? {} : { fraction }) };
}

/** Items of a list of structures. */
export function readInputs(list: Section, names: StructureNames): readonly StructureSpec[] {
  const items = list.items();
  if (items.length === 0) list.problem('bad-structure', 'expected a list of at least one name');
  return items.flatMap((item) => (isMapTree(item.tree) ? (readStructure(item, names) ?? []) : readLeaves(item, names)));
}

function readLeaves(section: Section, names: StructureNames): readonly StructureSpec[] {
  const name = text(section);
  if (name === undefined) return [];
  const kind = names.kindOf(name);
  if (kind === undefined) {
    const known = names.listed([
      'group',
      'port-chain',
      'set',
      'element',
      'counted',
      'site',
      'domain',
      'pool',
      'control',
    ]);
    section.problem('dangling-reference', `there is no element or group "${name}"`, didYouMean(name, known, 'names'));
    return [];
  }
  if (kind === 'port-chain') {
    const chain = names.portChains?.get(name);
    return chain === undefined ? [] : [chain];
  }
  if (kind === 'shock') {
    section.problem('dangling-reference', `"${name}" is a cause, a campaign or a test; it is never down itself`);
    return [];
  }
  if (names.expand(name).some((each) => names.kindOf(each) === 'chain')) {
    const hint = 'chains may be stages of chains; a service uses what they are made of';
    section.problem('dangling-reference', `"${name}" is a chain, an element or group is needed here`, hint);
    return [];
  }
  const several = kind === 'set' && names.expand(name).some((each) => CONTROL.includes(names.kindOf(each)));
  if (kind === 'control-instance' || several) {
    const what = several ? 'several control functions' : 'one instance of a control function';
    const hint = 'name the function: it is up while its quorum is';
    section.problem('dangling-reference', `"${name}" stands for ${what}`, hint);
    return [];
  }
  // A control function on the data path: what matters is its quorum, not each instance (B-72).
  if (kind === 'control') return [{ kind: 'leaf', of: name }];
  return names.expand(name).map((of) => ({ kind: 'leaf', of }));
}

/** Names of all leaves. */
export function leavesOf(spec: StructureSpec): readonly string[] {
  return spec.kind === 'leaf' ? [spec.of] : spec.inputs.flatMap(leavesOf);
}
