import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { ControlFunction, Scenario } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import type { Surroundings } from './elements.ts';
import { readFailures } from './failures.ts';
import { choice, count, text } from './parsers.ts';
import { withType } from './types.ts';

/** The functions every flow of the catalogue asks; a scenario that does not model one takes it as always up. */
const STANDARD: readonly string[] = ['nfvo', 'vnfm', 'vim'];

/** Control functions of the file, and those that flows and detectors need and the file leaves out. */
export class ControlPath {
  readonly functions: Record<string, ControlFunction> = {};
  readonly treatment: Scenario['controlTreatment'];
  readonly #section: Section;

  constructor(section: Section, around: Surroundings) {
    this.#section = section.at('functions');
    for (const part of this.#section.entries()) this.functions[part.key] = readFunction(part, around);
    const { treatment } = DEFAULTS.control;
    this.treatment = section.defaulted('treatment', choice(['conditional', 'series']), treatment, Object.keys(this.functions).length > 0);
  }

  /**
   * Ids of the functions that do the work of `needs`, each once: `mano` where it stands for one that is not given.
   * Words in `others` are not functions and pass. Unknown names are reported at `section`.
   */
  resolve(needs: readonly string[], others: readonly string[], section: Section): readonly string[] {
    const found: string[] = [];
    for (const need of needs) {
      const id = others.includes(need) ? need : this.#idOf(need, section);
      if (id !== undefined && !found.includes(id)) found.push(id);
    }
    return found;
  }

  #idOf(name: string, section: Section): string | undefined {
    if (Object.hasOwn(this.functions, name)) return name;
    if (STANDARD.includes(name)) {
      if (Object.hasOwn(this.functions, 'mano')) return 'mano';
      this.functions[name] = { instances: 1, quorum: 1, failures: [] };
      this.#section.derive(name, 'never fails', 'not modelled in this file');
      return name;
    }
    const known = [...Object.keys(this.functions), ...STANDARD];
    return section.problem('dangling-reference', `there is no control function "${name}"`, didYouMean(name, known, 'control functions'));
  }
}

function readFunction(part: Section, { names, types, policies }: Surroundings): ControlFunction {
  const typed = withType(part, types);
  const kind = typed.read('kind', text);
  if (kind !== undefined && kind !== 'control') {
    typed.at('type').problem('wrong-kind', `this type is a ${kind}, a control function is needed here`);
  }
  const instances = typed.defaulted('instances', count(1), DEFAULTS.control.instances);
  const majority = Math.floor(instances / 2) + 1;
  const quorum = typed.optional('quorum', count(1)) ?? majority;
  if (!typed.has('quorum') && instances > 1) typed.derive('quorum', String(majority), `majority of ${instances}`);
  if (quorum > instances) {
    typed.at('quorum').problem('impossible-quorum', `a quorum of ${quorum} out of ${instances} instances is never reached`);
  }
  const on = typed.optional('on', text);
  const owner = { kind: 'control', layer: false, inSite: false, name: part.key } as const;
  const failures = readFailures(typed, owner, policies);
  if (on === undefined) return { instances, quorum, failures };
  if (names.kindOf(on) === 'pool') return { instances, quorum, failures, on };
  const hint = didYouMean(on, names.listed(['pool']), 'pools') ?? 'control functions run on a pool, <site>/<pool>';
  typed.at('on').problem('dangling-reference', `there is no node pool "${on}"`, hint);
  return { instances, quorum, failures };
}
