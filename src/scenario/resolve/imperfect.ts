import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { FencingRules } from '../../catalogue/detours.ts';
import type { Containment, Group, SplitBrain } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { law } from './law.ts';
import type { Names } from './names.ts';
import { choice, flag, probability, text, texts, time } from './parsers.ts';

const defaults = DEFAULTS.group;

/** Sections of a group that mean nothing without a member that can take over. */
const OF_A_PAIR = ['fencing', 'localisation', 'failFast', 'layering'];

/** Reports what a group of one says about switching to another member. */
export function refuseOfPair(part: Section): void {
  for (const key of OF_A_PAIR) {
    if (!part.has(key)) continue;
    const message = `"${key}" is about another member that takes over, and a simplex group has none`;
    part.at(key).problem('needs-standby', message, 'scheme: active-standby', { part: 'key' });
  }
}

/** What the model knows of one serving member and those beside it only, not of members that share the load. */
const OF_ONE_THAT_SERVES = ['localisation', 'containment', 'failFast', 'layering'] as const;

/** Living members that are dealt with as failed, and what goes with them, are modelled where one member carries all. */
export function refuseForSharing(part: Section, found: Readonly<Record<string, boolean>>): void {
  const scheme = 'scheme: active-standby';
  for (const key of OF_ONE_THAT_SERVES) {
    if (!part.has(key)) continue;
    const message = `"${key}" is not modelled for members that share the load`;
    part.at(key).problem('not-for-sharing', message, scheme, { part: 'key' });
  }
  for (const [what, is] of Object.entries(found)) {
    if (is) part.problem('not-for-sharing', `${what} are not modelled for members that share the load`, scheme);
  }
}

/** Isolation of a failed member, if any is tried, and what two active members cost (SEM-21). */
export function readFencing(
  part: Section,
  simplex: boolean,
  around: { readonly names: Names; readonly control: ControlPath },
): FencingRules | undefined {
  const required = part.defaulted('required', flag, defaults.fencing, !simplex);
  const attempt = required || part.defaulted('attempt', flag, defaults.fencingAttempt, !simplex && part.exists);
  if (part.has('attempt') && required && part.optional('attempt', flag) === false) {
    part.at('attempt').problem('conflicting-keys', 'fencing that is required is also attempted');
  }
  const onFailure = part.defaulted('onFailure', choice(['manual', 'retry']), defaults.fencingOnFailure, required);
  const requires = part.optional('needs', texts) ?? [];
  const items = part.at('needs').items();
  const known = requires.filter((name, i) => {
    const kind = around.names.kindOf(name);
    return kind === 'control' || isStandard(name) || around.names.requireElement(name, items[i] ?? part);
  });
  for (const key of ['onFailure', 'needs']) {
    if (part.has(key) && !attempt) {
      const hint = 'required: true, or attempt: true';
      part.at(key).problem('conflicting-keys', `nothing is fenced, so "${key}" has no effect`, hint, { part: 'key' });
    }
  }
  if (part.has('onFailure') && attempt && !required) {
    const message = 'fencing that is not required goes on after its timeout';
    part.at('onFailure').problem('conflicting-keys', message, 'required: true', { part: 'key' });
  }
  return attempt ? { required, onFailure, requires: around.control.resolve(known) } : undefined;
}

const isStandard = (name: string): boolean => ['nfvo', 'vnfm', 'vim'].includes(name);

/** @param applies whether a member may be alive when another takes over: else nothing depends on it */
export function readSplitBrain(part: Section, stateful: boolean, applies: boolean): SplitBrain {
  const { impactStateful, impactStateless, resolve } = defaults.splitBrain;
  return {
    impact: part.defaulted('impact', probability, stateful ? impactStateful : impactStateless, applies),
    resolve: part.defaulted('resolve', law, resolve, applies),
  };
}

/** Groups that a wrong localisation hits instead (SEM-20); undefined: those on the same pools. */
export function readSiblings(part: Section, names: Names): readonly string[] | undefined {
  const found = part.optional('siblings', texts);
  if (found === undefined) return undefined;
  const items = part.at('siblings').items();
  const own = part.path.at(-2);
  return found.filter((id, i) => {
    if (names.kindOf(id) === 'group' && id !== own) return true;
    const groups = names.listed(['group']).filter((each) => each !== own);
    (items[i] ?? part).problem(
      'dangling-reference',
      `there is no other group "${id}"`,
      didYouMean(id, groups, 'groups'),
    );
    return false;
  });
}

/** How far a fault spreads (SEM-23). */
export function readContainment(part: Section, names: Names, simplex: boolean): Containment | undefined {
  if (!part.exists) return undefined;
  const { probability: fallback, neighbour: usual } = defaults.containment;
  const word = part.defaulted('neighbour', text, usual);
  const own = part.path.at(-2);
  const value = part.defaulted('probability', probability, fallback);
  if (word === 'peer' && simplex) {
    part.at('neighbour').problem('needs-standby', 'a simplex group has no peer', 'neighbour: host, or a group');
  }
  if (word === 'peer' || word === 'host') return { probability: value, neighbour: word };
  if (names.kindOf(word) !== 'group' || word === own) {
    const known = ['peer', 'host', ...names.listed(['group']).filter((each) => each !== own)];
    part
      .at('neighbour')
      .problem('dangling-reference', `"${word}" is no neighbour`, didYouMean(word, known, 'neighbours'));
    return { probability: value, neighbour: 'peer' };
  }
  return { probability: value, neighbour: { group: word } };
}

/** A gray member stops itself (SEM-27). */
export function readFailFast(part: Section): Group['failFast'] {
  if (!part.exists) return undefined;
  const { time: usual, success } = defaults.failFast;
  return {
    time: part.defaulted('time', law, usual),
    success: part.defaulted('success', probability, success),
  };
}

/** Hold-off before the group acts, and what it costs when a lower layer has acted as well (SEM-26), seconds. */
export function readLayering(part: Section): { readonly holdOff: number; readonly raceLoss?: number } {
  if (!part.exists) return { holdOff: 0 };
  const { holdOff, raceLoss } = defaults.layering;
  return { holdOff: part.defaulted('holdOff', time, holdOff), raceLoss: part.defaulted('raceLoss', time, raceLoss) };
}
