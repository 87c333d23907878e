import { layerNames } from '../../model/element-names.ts';
import type { Law } from '../../model/law.ts';
import type { FailureMode, Group, Shock, ShockMode } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { openProbability, texts } from './parsers.ts';

/** Groups with what is left to each member by itself, and one shock per group that has common causes. */
export interface Divided {
  readonly groups: Readonly<Record<string, Group>>;
  readonly shocks: Readonly<Record<string, Shock>>;
}

/**
 * The beta-factor model: of each member's failures of a mode the share β strikes all members at one instant, the rest
 * only itself. A member's own rate is (1 − β)λ, the common one βλ; what a member sees stays λ. Only a member's own
 * failures are predicted: what strikes all at once comes unseen.
 *
 * @see Fleming, A reliability model for common mode failures in redundant safety systems (1975); IEC 61508-6, annex D.
 */
export function divideByCommonCause(section: Section, groups: Readonly<Record<string, Group>>): Divided {
  const divided: Record<string, Group> = { ...groups };
  const shocks: Record<string, Shock> = {};
  for (const part of section.entries()) {
    const group = groups[part.key];
    const common = part.at('commonCause');
    if (group === undefined || !common.exists) continue;
    const beta = common.optional('beta', openProbability);
    if (!common.has('beta'))
      common.problem('missing-key', 'common causes need "beta": the share that strikes all members', 'beta: 5 %');
    if (group.members === 1) {
      common.problem('useless-value', 'a group of one member has nothing in common with itself', undefined, {
        part: 'key',
      });
    }
    const chosen = chosenModes(common, group);
    if (beta === undefined) continue;
    const modes: ShockMode[] = [];
    const instance = group.instance.map((layer) => {
      const failures = layer.failures.map((mode): FailureMode => {
        if (!chosen.has(mode)) return mode;
        const { timeToFailure, prediction: _own, ...rest } = mode;
        if (timeToFailure.kind !== 'exponential') {
          common.problem(
            'not-exponential',
            `"${mode.id}" has a ${timeToFailure.kind} law; only a constant rate can be divided into own and common failures`,
            'give it a rate, or describe the common cause under "causes"',
          );
          return mode;
        }
        const unique = group.instance.filter((each) => each.failures.some(({ id }) => id === mode.id)).length === 1;
        modes.push({
          ...rest,
          id: unique ? mode.id : `${layer.id}.${mode.id}`,
          timeToFailure: slower(timeToFailure, beta),
          strikes: [{ victims: layerNames(part.key, group, layer.id), hits: 'all', probability: 1 }],
        });
        return { ...mode, timeToFailure: slower(timeToFailure, 1 - beta) };
      });
      return { ...layer, failures };
    });
    divided[part.key] = { ...group, instance };
    if (modes.length > 0) shocks[`${part.key}/common-cause`] = { modes };
  }
  return { groups: divided, shocks };
}

const slower = ({ mean }: Law & { readonly kind: 'exponential' }, factor: number): Law => ({
  kind: 'exponential',
  mean: mean / factor,
});

function chosenModes(common: Section, { instance }: Group): ReadonlySet<FailureMode> {
  const all = instance.flatMap((layer) => layer.failures);
  const ids = common.optional('modes', texts);
  const items = common.at('modes').items();
  ids?.forEach((id, i) => {
    if (all.some((mode) => mode.id === id)) return;
    const known = [...new Set(all.map((mode) => mode.id))];
    (items[i] ?? common).problem(
      'dangling-reference',
      `the members have no failure mode "${id}"`,
      didYouMean(id, known, 'modes'),
    );
  });
  const isGray = ({ manifestation }: FailureMode): boolean => manifestation === 'gray';
  const chosen = all.filter((mode) =>
    ids === undefined ? mode.cause === 'sw' && !isGray(mode) : ids.includes(mode.id),
  );
  for (const mode of chosen.filter(isGray)) {
    const message = `"${mode.id}" is gray, and what strikes all members at once stops them`;
    common.at('modes').problem('gray-common-cause', message, 'name modes that are fail-stop', { part: 'key' });
  }
  if (ids === undefined && chosen.length === 0) {
    common.problem('missing-key', 'the members have no fail-stop failure mode of cause sw', 'modes: [crash]', {
      part: 'key',
    });
  }
  return new Set(chosen);
}
