import { DEFAULTS } from '../../catalogue/defaults.ts';
import { DISCIPLINES, type RepairPolicy } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { law } from './law.ts';
import { choice, count, countOrUnlimited, probability, time } from './parsers.ts';

const DEFAULT = 'default';

/** The file's repair policies, and the default one as soon as something needs it. */
export class Policies {
  readonly resolved: Record<string, RepairPolicy> = {};
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
    for (const part of section.entries()) this.resolved[part.key] = readPolicy(part);
  }

  /**
   * Policy of a failure mode that is repaired. Without `stated`, everything that belongs to a site follows the default
   * policy, and other elements do if the file has one; undefined: nobody waits for a crew.
   */
  choose(stated: string | undefined, inSite: boolean, mode: Section): string | undefined {
    if (stated === 'none') return undefined;
    if (stated !== undefined) {
      if (Object.hasOwn(this.resolved, stated)) return stated;
      if (stated !== DEFAULT) {
        const hint = didYouMean(stated, [...Object.keys(this.resolved), 'none'], 'policies');
        return mode.at('policy').problem('dangling-reference', `there is no repair policy "${stated}"`, hint);
      }
    } else if (!inSite && !Object.hasOwn(this.resolved, DEFAULT)) return undefined;
    this.resolved[DEFAULT] ??= readPolicy(this.#section.at(DEFAULT));
    return DEFAULT;
  }
}

function readPolicy(part: Section): RepairPolicy {
  const defaults = DEFAULTS.repair;
  return {
    crews: part.defaulted('crews', countOrUnlimited, defaults.crews),
    discipline: part.defaulted('discipline', choice(DISCIPLINES), defaults.discipline),
    dispatch: part.defaulted('dispatch', choice(['fault', 'detection', 'restoration']), defaults.dispatch),
    detection: part.defaulted('detection', law, defaults.detection),
    batch: part.defaulted('batch', time, defaults.batch),
    diagnosis: part.defaulted('diagnosis', law, defaults.diagnosis),
    transientShare: part.defaulted('transientShare', probability, defaults.transientShare),
    ...(part.has('inspection') ? { inspection: part.defaulted('inspection', law, defaults.inspection) } : {}),
    ...(part.has('wrongUnit') ? { wrongUnit: part.defaulted('wrongUnit', probability, defaults.wrongUnit) } : {}),
    ...readSpares(part),
  };
}

/** Spares of the policy; none unless the file says how many. */
function readSpares(part: Section): Pick<RepairPolicy, 'spares'> {
  const spares = part.optional('spares', count(1));
  if (spares === undefined) {
    if (part.has('swap')) {
      part.at('swap').problem('conflicting-keys', 'there are no spares to swap in', 'spares: 2', { part: 'key' });
    }
    return {};
  }
  return { spares: { count: spares, swap: part.defaulted('swap', law, DEFAULTS.repair.swap) } };
}
