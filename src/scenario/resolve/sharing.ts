import { DEFAULTS, type Default } from '../../catalogue/defaults.ts';
import { LOAD_SHARING, type SchemeId, type Sharing } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import { count, numberAbove, probability, text } from './parsers.ts';

const defaults = DEFAULTS.group;

/** Keys that only some schemes have a use for. */
const USED_BY: Readonly<Record<string, readonly SchemeId[]>> = {
  standbys: ['shared-standby'],
  required: ['k-of-n'],
  unitCapacity: ['active-active', 'load-balanced', 'n-plus-1'],
  load: ['active-active', 'load-balanced', 'n-plus-1'],
  revertive: ['active-standby', 'shared-standby'],
  standby: ['active-standby', 'shared-standby', 'simplex'],
  fencing: ['active-standby', 'shared-standby', 'simplex'],
  'recovery.takeover': ['active-standby', 'shared-standby', 'simplex'],
  'state.required': ['active-standby', 'shared-standby', 'simplex'],
};

/** Whether all members of a group of this scheme carry traffic. */
export const sharesLoad = (scheme: SchemeId): boolean => LOAD_SHARING.includes(scheme);

/** Members of a group, and how they share its load; reports keys that the scheme has no use for. */
export function readMembers(part: Section, scheme: SchemeId): { readonly members: number; readonly sharing?: Sharing } {
  for (const [path, schemes] of Object.entries(USED_BY)) {
    const value = path.split('.').reduce((section, key) => section.at(key), part);
    if (!value.exists || schemes.includes(scheme)) continue;
    const message = `a group of scheme ${scheme} has no use for "${path}"`;
    value.problem('useless-value', message, `it belongs to ${schemes.join(', ')}`, { part: 'key' });
  }
  if (scheme === 'simplex') return { members: simplexMembers(part) };
  if (scheme === 'active-standby') return { members: part.defaulted('members', count(2), defaults.members) };
  const usual = scheme === 'active-active' ? defaults.membersActiveActive : defaults.membersSharing;
  const members = part.defaulted('members', count(2), usual);
  const standbys = scheme === 'shared-standby' ? readStandbys(part, members) : 0;
  const required = scheme === 'k-of-n' ? readRequired(part, members) : 0;
  const inProportion = USED_BY['load']!.includes(scheme);
  const load = part.defaulted('load', numberAbove(0), defaults.load, inProportion);
  const unitCapacity = inProportion ? readCapacity(part, scheme, members) : 1;
  if (inProportion && members * unitCapacity < load * (1 - 1e-9)) {
    const message = `${members} members carry ${percent(members * unitCapacity)} together, and ${percent(load)} is offered`;
    part.at('unitCapacity').problem('overloaded', message, 'more members, more capacity or less load');
  }
  return { members, sharing: { standbys, required, unitCapacity, load } };
}

function simplexMembers(part: Section): number {
  const members = part.optional('members', count(1)) ?? 1;
  if (members > 1)
    part
      .at('members')
      .problem('wrong-members', `a simplex group has one member, got ${members}`, 'scheme: active-standby');
  return 1;
}

function readStandbys(part: Section, members: number): number {
  const standbys = part.defaulted('standbys', count(1), defaults.standbys);
  if (standbys < members) return standbys;
  const message = `${standbys} of ${members} members stand by, so that nobody carries traffic`;
  part.at('standbys').problem('wrong-members', message, '"members" counts all of them, standbys included');
  return 1;
}

function readRequired(part: Section, members: number): number {
  if (!part.has('required')) {
    part.problem('missing-key', 'k-of-n needs "required": how many members must serve', `required: ${members - 1}`, {
      part: 'key',
    });
    return 1;
  }
  const required = part.optional('required', count(1)) ?? 1;
  if (required <= members) return required;
  part.at('required').problem('impossible-quorum', `${required} of ${members} members never serve`);
  return members;
}

function readCapacity(part: Section, scheme: SchemeId, members: number): number {
  if (part.has('unitCapacity') || scheme === 'active-active') {
    const fallback: Default = defaults.capacityActiveActive;
    const capacity = part.defaulted('unitCapacity', probability, fallback);
    if (capacity > 0) return capacity;
    part.at('unitCapacity').problem('out-of-range', 'a member that carries nothing is no member');
    return 1;
  }
  // In a ring one member takes all of a dead one's share; else the others share it.
  const ring = part.at('state').read('protection', text) === 'peer-ring' && members > 2;
  const capacity = ring ? 2 / members : 1 / (members - 1);
  const why = ring
    ? 'A-22: the holder of the copy can carry both shares'
    : 'SEM-31: the others can carry the load of one';
  part.derive('unitCapacity', exactly(capacity), `[EA] ${why}`);
  return capacity;
}

/** In words that read back as the same number. */
const exactly = (share: number): string =>
  Number.parseFloat(percent(share)) / 100 === share ? percent(share) : String(share);

const percent = (share: number): string => `${Number((100 * share).toPrecision(4))} %`;
