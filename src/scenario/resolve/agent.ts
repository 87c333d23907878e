import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Agent, FailureMode, InstanceLayer } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { readFailures } from './failures.ts';
import { law } from './law.ts';
import { probability, text } from './parsers.ts';
import type { Policies } from './repair.ts';

/** Mode of an agent that its server does not know. */
export const UNREGISTERED = 'unregistered';

/** The monitoring agent in each instance of a group; undefined where the group has none. */
export function readAgent(part: Section, instance: readonly InstanceLayer[], policies: Policies): Agent | undefined {
  if (!part.exists) return undefined;
  const outer = instance[0]!.id;
  const layer = part.optional('in', text) ?? outer;
  if (!part.has('in')) part.derive('in', outer, 'the outermost layer');
  if (!instance.some(({ id }) => id === layer)) {
    const hint = didYouMean(
      layer,
      instance.map(({ id }) => id),
      'layers',
    );
    part.at('in').problem('dangling-reference', `the instance has no layer "${layer}"`, hint);
  }
  if (instance.some(({ id }) => id === 'agent'))
    part.problem('duplicate-name', 'a layer of the instance is called "agent" already', 'rename it', { part: 'key' });
  const failures = readFailures(part, { kind: 'unit', layer: false, inSite: false, name: 'agent' }, policies);
  if (failures.some(({ id }) => id === UNREGISTERED)) {
    const message = `"${UNREGISTERED}" stands for a registration that has failed`;
    part.at('failures').at(UNREGISTERED).problem('duplicate-name', message, 'rename the mode', { part: 'key' });
  }
  const { install, registered, audit } = DEFAULTS.agent;
  const registration = part.at('registration');
  const success = registration.defaulted('success', probability, registered, registration.exists);
  const found = registration.defaulted('audit', law, audit, registration.exists);
  const unknown: FailureMode = {
    id: UNREGISTERED,
    timeToFailure: { kind: 'never' },
    cause: 'procedural',
    bucket: 'ISW>VIM',
    party: 'ISW>VIM',
    restore: { by: 'itself', after: found },
  };
  return {
    layer,
    failures: registration.exists ? [...failures, unknown] : failures,
    install: part.defaulted('install', law, install),
    ...(registration.exists ? { registered: success } : {}),
  };
}
