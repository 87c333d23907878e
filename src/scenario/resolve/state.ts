import { DEFAULTS, type Default } from '../../catalogue/defaults.ts';
import type { SchemeId, StateKeeping, StateProtection } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { Names } from './names.ts';
import { choice, flag, positiveTime, text, time } from './parsers.ts';

const defaults = DEFAULTS.group.state;
const NONE: Default = { value: 'none', source: 'a group without state, or without a peer to keep it' };
const PEER: readonly StateProtection[] = ['peer-checkpoint', 'lockstep'];

/** What happens to the sessions of a group. */
export function readState(part: Section, scheme: SchemeId, names: Names): StateKeeping {
  const stateful = part.defaulted('stateful', flag, defaults.stateful);
  const kept = stateful && scheme !== 'simplex';
  const protection = part.defaulted(
    'protection',
    choice(['none', 'peer-checkpoint', 'snapshot', 'lockstep', 'external']),
    kept ? defaults.protection : NONE,
    stateful,
  );
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
  const store = element(part, 'store', names);
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
    required: part.defaulted('required', flag, defaults.required, stateful && PEER.includes(protection)),
    reattach: part.defaulted('reattach', time, defaults.reattach, stateful),
  };
}

function element(part: Section, key: string, names: Names): string | undefined {
  const name = part.optional(key, text);
  return name !== undefined && names.requireElement(name, part.at(key)) ? name : undefined;
}
