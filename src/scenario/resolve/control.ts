import { DEFAULTS } from '../../catalogue/defaults.ts';
import { IMPACTS, type OperationRules } from '../../model/control.ts';
import type { Law } from '../../model/law.ts';
import type { Bus } from '../../model/notification.ts';
import type { ControlFunction, Scenario } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import type { Surroundings } from './elements.ts';
import { readFailures } from './failures.ts';
import { law } from './law.ts';
import { readBus } from './notification.ts';
import { knownOperations, readNeeds, readOperations } from './operations.ts';
import { choice, count, countOrUnlimited, text } from './parsers.ts';
import { platformOf } from './platform.ts';
import { withType } from './types.ts';

/** The functions every flow of the catalogue asks; a scenario that does not model one takes it as always up. */
const STANDARD: readonly string[] = ['nfvo', 'vnfm', 'vim'];

/** Control functions of the file, and those that flows and detectors need and the file leaves out. */
export class ControlPath {
  readonly functions: Record<string, ControlFunction> = {};
  readonly treatment: Scenario['controlTreatment'];
  /** What operations ask, by id. */
  readonly operations: Readonly<Record<string, OperationRules>>;
  /** Absent: nothing is ever left behind. */
  readonly cleanup: Law | undefined;
  #bus: Bus | undefined;
  readonly #section: Section;
  readonly #names: Surroundings['names'];
  readonly #root: Section;
  readonly #regions: Scenario['regions'];
  /** Ids of the functions of regions, as flows and detectors name them. */
  readonly #ids: ReadonlySet<string>;
  /** Region whose control functions are asked; '': those of the scenario. */
  #scope = '';

  constructor(root: Section, around: Surroundings, regions: Scenario['regions'] = {}) {
    this.#names = around.names;
    const section = root.at('control');
    this.#root = root;
    this.#regions = regions;
    this.#names = around.names;
    this.#section = section.at('functions');
    for (const part of this.#section.entries()) this.functions[part.key] = readFunction(part, around);
    readDependencies(this.#section, this.functions);
    this.operations = readOperations(section.at('operations'), platformOf(section), this.functions);
    const cleanup = section.defaulted('cleanup', law, DEFAULTS.control.cleanup, this.leaks);
    this.cleanup = this.leaks ? cleanup : undefined;
    if (section.has('cleanup') && !this.leaks) {
      const hint = 'operations: {spawn: {failure: 1 %, orphans: 5 %}}';
      section.at('cleanup').problem('unused-key', 'no operation leaves anything to clean up', hint);
    }
    const inRegions = Object.keys(this.functions).filter((name) => name.includes('/'));
    this.#ids = new Set(inRegions.map((name) => name.slice(name.lastIndexOf('/') + 1)));
    const { treatment } = DEFAULTS.control;
    this.treatment = section.defaulted(
      'treatment',
      choice(['conditional', 'series']),
      treatment,
      Object.keys(this.functions).length > 0,
    );
  }

  /**
   * Names under `section`, a list of needs: control functions, or words in `others`; if `anything`, also elements and
   * groups. Unknown ones are reported.
   */
  readNeeds(section: Section, others: readonly string[], anything = false): readonly string[] | undefined {
    const items = section.items();
    if (!section.exists) return undefined;
    const known = [...Object.keys(this.functions), ...this.#ids, ...STANDARD, ...others];
    return items.flatMap((item) => {
      const name = text(item);
      if (name === undefined || known.includes(name)) return name ?? [];
      if (anything && this.#names.kindOf(name) !== undefined) return name;
      const hint = didYouMean(name, known, 'known');
      const what = anything ? 'element, group or control function' : 'control function';
      return item.problem('dangling-reference', `there is no ${what} "${name}"`, hint) ?? [];
    });
  }

  /** Whether `id` is a control function: of the file, of its regions, or one every flow asks. */
  isKnown(id: string): boolean {
    return Object.hasOwn(this.functions, id) || this.#ids.has(id) || STANDARD.includes(id);
  }

  /** The bus that events go over. @param used false: nothing of it matters to the path in question */
  bus(used: boolean): Bus {
    const part = this.#root.at('control').at('bus');
    if (!used) return readBus(part.muted);
    this.#bus ??= readBus(part);
    return this.#bus;
  }

  /** A bus that nobody is told over is a slip. */
  checkBus(): void {
    const part = this.#root.at('control').at('bus');
    if (!part.exists || this.#bus !== undefined) return;
    part.problem('unused-key', 'no group is told of its faults over the bus', 'notification: {path: direct}', {
      part: 'key',
    });
  }

  /** Some operation leaves slots taken when it fails. */
  get leaks(): boolean {
    return Object.values(this.operations).some(({ failing }) => (failing?.orphans ?? 0) > 0);
  }

  /** Operation a step is; one that nobody knows is reported. */
  readOperation(section: Section): string | undefined {
    const id = text(section);
    const known = knownOperations(this.operations);
    if (id === undefined || known.includes(id)) return id;
    return section.problem('dangling-reference', `there is no operation "${id}"`, didYouMean(id, known, 'operations'));
  }

  /** Control functions that the operation needs in this scenario. */
  asked(operation: string | undefined): readonly string[] {
    if (operation === undefined) return [];
    return (this.operations[operation]?.needs ?? []).map((id) => {
      const own = this.nameHere(id);
      return Object.hasOwn(this.functions, own) ? own : id;
    });
  }

  /** Whether the function works on a limited number of requests at a time. */
  isLimited(id: string): boolean {
    return Object.hasOwn(this.functions, id) && this.functions[id]!.concurrency !== undefined;
  }

  /** What `read` finds for the group `id`, whose control functions are those its region asks. */
  within<T>(id: string, read: () => T): T {
    const [region = ''] = id.split('/');
    this.#scope = region === id ? '' : (this.#regions?.[region]?.control ?? '');
    const found = read();
    this.#scope = '';
    return found;
  }

  /** `id` of a flow or detector as the present group uses it: with the region whose control functions it asks. */
  nameHere(id: string): string {
    return this.#scope === '' ? id : `${this.#scope}/${id}`;
  }

  /**
   * The functions that do the work of `needs` for the present group, each once: `mano` where it stands for one that is
   * not given. A standard function that the file does not model is added as one that never fails. Other words pass.
   */
  resolve(needs: readonly string[]): readonly string[] {
    const found = needs.map((name) => {
      const own = this.nameHere(name);
      if (Object.hasOwn(this.functions, own)) return own;
      if (!STANDARD.includes(name) && !this.#ids.has(name)) return name;
      if (Object.hasOwn(this.functions, this.nameHere('mano'))) return this.nameHere('mano');
      this.functions[own] = { instances: 1, quorum: 1, failures: [] };
      const declared = this.#scope === '' ? this.#section : this.#functionsOf(this.#scope);
      declared.derive(name, 'never fails', 'not modelled in this file');
      return own;
    });
    return [...new Set(found)];
  }

  /** Where the control functions of a region would be written. */
  #functionsOf(region: string): Section {
    const regions = this.#root.at('regions');
    const written = regions.has(region) ? region : region.replace(/-\d+$/, '');
    return regions.at(written).at('control').at('functions');
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
    typed
      .at('quorum')
      .problem('impossible-quorum', `a quorum of ${quorum} out of ${instances} instances is never reached`);
  }
  const on = typed.optional('on', text);
  const owner = {
    kind: 'control',
    layer: false,
    inSite: false,
    name: part.key.slice(part.key.lastIndexOf('/') + 1),
  } as const;
  const failures = readFailures(typed, owner, policies);
  const concurrency = typed.defaulted('concurrency', countOrUnlimited, DEFAULTS.control.concurrency, false);
  const impact = typed.optional('impact', choice(IMPACTS));
  const fn: ControlFunction = {
    instances,
    quorum,
    failures,
    ...(Number.isFinite(concurrency) ? { concurrency } : {}),
    ...(impact === undefined ? {} : { impact }),
  };
  if (on === undefined) return fn;
  if (names.kindOf(on) === 'pool') return { ...fn, on };
  const hint = didYouMean(on, names.listed(['pool']), 'pools') ?? 'control functions run on a pool, <site>/<pool>';
  typed.at('on').problem('dangling-reference', `there is no node pool "${on}"`, hint);
  return fn;
}

/** The `needs` of functions, once all of them are known; a function must not need itself in the end. */
function readDependencies(section: Section, functions: Record<string, ControlFunction>): void {
  for (const part of section.entries()) {
    const needs = part.optional('needs', (list) => readNeeds(list, functions));
    if (needs !== undefined && needs.length > 0) functions[part.key] = { ...functions[part.key]!, needs };
  }
  for (const part of section.entries()) {
    const cycle = cycleFrom(part.key, functions, []);
    if (cycle !== undefined) part.at('needs').problem('cyclic-reference', cycle.join(' needs '));
  }
}

/** The way from `id` back to it, or undefined. */
function cycleFrom(
  id: string,
  functions: Readonly<Record<string, ControlFunction>>,
  way: readonly string[],
): readonly string[] | undefined {
  if (way.includes(id)) return way[0] === id ? [...way, id] : undefined;
  for (const next of functions[id]?.needs ?? []) {
    const found = cycleFrom(next, functions, [...way, id]);
    if (found !== undefined) return found;
  }
  return undefined;
}
