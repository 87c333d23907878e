import { DEFAULTS, type Default } from '../../catalogue/defaults.ts';
import { SCHEMES, type SchemeId, type StateKeeping, type StateProtection } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { Names } from './names.ts';
import { choice, flag, positiveTime, text, time } from './parsers.ts';
import { sharesLoad } from './sharing.ts';

const defaults = DEFAULTS.group.state;
const NONE: Default = { value: 'none', source: 'a group without state, or without a peer to keep it' };
const SHARED: Default = { value: 'none', source: '[A] A-17: no standby to keep a copy' };
const PEER: readonly StateProtection[] = ['peer-checkpoint', 'lockstep', 'peer-ring'];
/** Schemes whose members can pass copies around: those whose shares belong to members. */
const RINGS: readonly SchemeId[] = ['active-active', 'load-balanced', 'n-plus-1'];

/** What happens to the sessions of a group. */
export function readState(part: Section, scheme: SchemeId, members: number, names: Names): StateKeeping {
  const stateful = part.defaulted('stateful', flag, defaults.stateful);
  const kept = stateful && scheme !== 'simplex';
  const protection = part.defaulted(
    'protection',
    choice(['none', 'peer-checkpoint', 'snapshot', 'lockstep', 'external', 'peer-ring']),
    kept ? (sharesLoad(scheme) ? SHARED : defaults.protection) : NONE,
    stateful,
  );
  if (protection === 'peer-ring') checkRing(part.at('protection'), scheme, members);
  if (scheme === 'simplex' && PEER.includes(protection)) {
    part
      .at('protection')
      .problem('no-peer', `${protection} needs a peer, and a simplex group has none`, 'none, snapshot or external');
  }
  if (!stateful && part.has('protection') && protection !== 'none') {
    part
      .at('protection')
      .problem('useless-value', 'a stateless group has no state to protect', undefined, { level: 'warning' });
  }
  const storeMode =
    protection === 'external'
      ? part.defaulted('storeMode', choice(['fail', 'degraded']), defaults.storeMode, stateful)
      : undefined;
  if (storeMode === undefined && part.has('storeMode')) {
    part.at('storeMode').problem('useless-value', `protection ${protection} has no store`, 'protection: external');
  }
  const forAll =
    scheme === 'shared-standby'
      ? part.defaulted('stateForAll', flag, defaults.stateForAll, stateful && PEER.includes(protection))
      : undefined;
  if (forAll === undefined && part.has('stateForAll')) {
    const message = 'only standbys of several members hold the state of all or of none';
    part.at('stateForAll').problem('useless-value', message, 'scheme: shared-standby');
  }
  const store = readStore(part, names);
  const replication = element(part, 'replication', names);
  if (protection === 'external' && !part.has('store')) {
    const hint = 'name an element of kind store, or describe one under "elements"';
    part.problem('missing-key', 'protection external needs "store"', hint, { part: 'key' });
  }
  if (replication !== undefined && !PEER.includes(protection)) {
    const message = `protection ${protection} replicates nothing over this element`;
    part.at('replication').problem('useless-value', message, undefined, { level: 'warning' });
  }
  return {
    stateful,
    protection,
    snapshotInterval: part.defaulted(
      'snapshotInterval',
      positiveTime,
      defaults.snapshotInterval,
      protection === 'snapshot',
    ),
    sessionHold: part.defaulted('sessionHold', positiveTime, defaults.sessionHold, protection === 'snapshot'),
    ...(replication === undefined ? {} : { replication }),
    ...(store === undefined ? {} : { store }),
    ...(storeMode === undefined ? {} : { storeMode }),
    ...(forAll === undefined ? {} : { stateForAll: forAll }),
    required: part.defaulted(
      'required',
      flag,
      defaults.required,
      stateful && PEER.includes(protection) && !sharesLoad(scheme),
    ),
    reattach: part.defaulted('reattach', time, defaults.reattach, stateful),
  };
}

/** Copies are passed on to the next member around the ring, which has to be another one than the one before. */
function checkRing(part: Section, scheme: SchemeId, members: number): void {
  if (!RINGS.includes(scheme)) {
    const others = SCHEMES.filter((each) => RINGS.includes(each)).join(', ');
    part.problem('no-ring', `members of a group of scheme ${scheme} have no shares of their own`, `use ${others}`);
  } else if (members < 3) {
    part.problem('no-ring', `a ring of ${members} members backs itself up`, 'at least 3 members');
  }
}

/** An element, or a group that protects the store: another one than the group whose state it keeps. */
function readStore(part: Section, names: Names): string | undefined {
  const name = part.optional('store', text);
  if (name === undefined) return undefined;
  if (names.kindOf(name) !== 'group') return names.requireElement(name, part.at('store')) ? name : undefined;
  if (name !== part.path.at(-2)) return name;
  return part.at('store').problem('cyclic-reference', 'a group cannot be the store of its own state');
}

function element(part: Section, key: string, names: Names): string | undefined {
  const name = part.optional(key, text);
  return name !== undefined && names.requireElement(name, part.at(key)) ? name : undefined;
}
