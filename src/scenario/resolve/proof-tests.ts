import { DEFAULTS } from '../../catalogue/defaults.ts';
import { countedNames } from '../../model/element-names.ts';
import { layOutFabric, partsOfFabric } from '../../model/fabric-layout.ts';
import { type ProofTest, RENEWALS } from '../../model/proof-test.ts';
import type { FailureMode, Internal, Scenario } from '../../model/scenario.ts';
import { printPath } from '../read/path.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { failureLaw } from './law.ts';
import type { Names } from './names.ts';
import { choice, text, texts } from './parsers.ts';

type Parts = Pick<Scenario, 'elements' | 'sites' | 'control'>;

/** What a proof test can look at: an element with its inner parts. */
interface Testable {
  /** Full names, its own first. */
  readonly names: readonly string[];
  readonly modes: readonly FailureMode[];
  /** Where its latent faults are written. */
  readonly latent: readonly Section[];
}

/** Proof tests by id; every latent fault has to be found by one. */
export function readProofTests(root: Section, names: Names, parts: Parts): Readonly<Record<string, ProofTest>> {
  const testable = new Map<string, Testable>();
  for (const each of testables(root, parts)) testable.set(each.names[0]!, each);
  const looked = new Set<string>();
  const tests = root
    .at('proofTests')
    .entries()
    .map((part): readonly [string, ProofTest] => {
      const renews = part.defaulted('renews', choice(RENEWALS), DEFAULTS.proofTest.renews);
      const own = new Set<string>();
      part.optional('elements', texts);
      const items = part.at('elements').items();
      if (items.length === 0) {
        const message = 'a proof test needs "elements": what it looks at';
        part.problem('missing-key', message, 'elements: [valve]', { part: 'key' });
      }
      for (const item of items) {
        const found = elementsOf(item, names, testable);
        const twice = found.find((name) => own.has(name));
        if (twice !== undefined) item.problem('duplicate-name', `the test looks at "${twice}" already`);
        for (const name of found) own.add(name);
        const modes = found.flatMap((name) => testable.get(name)!.modes);
        const finds = modes.some(({ restore }) => restore.by !== 'replacement' && restore.latent === true);
        const ages = renews === 'all' && modes.some(({ timeToFailure }) => timeToFailure.kind !== 'exponential');
        if (found.length > 0 && !finds && !ages) {
          const message = `the test changes nothing: "${text(item)}" has no latent faults${renews === 'all' ? ' and does not age' : ''}`;
          item.problem('no-effect', message, 'latent: true in a failure mode');
        }
      }
      for (const name of own) looked.add(name);
      return [
        part.key,
        { elements: [...own].flatMap((name) => testable.get(name)!.names), interval: intervalOf(part), renews },
      ];
    });
  const told = new Set<string>();
  for (const {
    names: [name],
    latent,
  } of testable.values()) {
    if (looked.has(name!)) continue;
    for (const mode of latent) {
      // Equal elements are written once.
      if (told.size === told.add(printPath(mode.path)).size) continue;
      const message = `no proof test looks at "${name}": nobody would ever know of this fault`;
      mode.at('latent').problem('never-found', message, `proofTests: {round: {interval: 365 d, elements: [${name}]}}`, {
        part: 'key',
      });
    }
  }
  return Object.fromEntries(tests);
}

function intervalOf(part: Section): ProofTest['interval'] {
  if (!part.has('interval')) {
    const message = 'a proof test needs "interval": the time from one to the next';
    part.problem('missing-key', message, 'interval: 365 d, or {erlang: {k: 2, mean: 30 d}}', { part: 'key' });
  }
  const interval = part.optional('interval', failureLaw) ?? { kind: 'never' };
  if (interval.kind === 'never' && part.has('interval') && part.read('interval', text) === 'never')
    part.at('interval').problem('out-of-range', 'a proof test that never takes place', 'interval: 365 d');
  return interval;
}

/** Full names of the elements that an entry of `elements` stands for. */
function elementsOf(item: Section, names: Names, testable: ReadonlyMap<string, Testable>): readonly string[] {
  const name = text(item);
  if (name === undefined) return [];
  const kind = names.kindOf(name);
  const found = kind === undefined ? [] : names.expand(name);
  if (found.length > 0 && found.every((each) => testable.has(each))) return found;
  if (kind === undefined) {
    const known = names.listed(['element', 'counted', 'site', 'domain', 'pool', 'control']);
    item.problem('dangling-reference', `there is no element "${name}"`, didYouMean(name, known, 'elements'));
  } else if (kind === 'group') {
    const message = `"${name}" is a group: its members are watched by detectors and audits`;
    item.problem('dangling-reference', message, 'name an element of its own, a node or a control function');
  } else item.problem('dangling-reference', `"${name}" is no element that a proof test can look at`);
  return [];
}

function* testables(root: Section, { elements, sites, control }: Parts): Generator<Testable> {
  for (const [id, { count, failures, internal }] of Object.entries(elements)) {
    const section = root.at('elements').at(id);
    for (const name of countedNames(id, count)) yield withParts(name, section, failures, internal);
  }
  for (const [siteId, site] of Object.entries(sites)) {
    const section = root.at('sites').at(siteId);
    yield withParts(siteId, section, site.failures);
    for (const [id, { failures }] of Object.entries(site.domains))
      yield withParts(`${siteId}/${id}`, section.at('domains').at(id), failures);
    for (const [id, { count, failures, internal }] of Object.entries(site.nodes)) {
      const pool = section.at('nodes').at(id);
      for (const name of countedNames(`${siteId}/${id}`, count)) yield withParts(name, pool, failures, internal);
    }
    if (site.fabric === undefined) continue;
    const fabric = section.at('fabric');
    for (const { name, failures } of partsOfFabric(siteId, site.fabric, layOutFabric(siteId, site.fabric, site.nodes)))
      yield withParts(name, fabric, failures);
  }
  for (const [id, { instances, failures }] of Object.entries(control)) {
    const section = root.at('control').at('functions').at(id);
    for (const name of countedNames(id, instances)) yield withParts(name, section, failures);
  }
}

function withParts(name: string, section: Section, failures: readonly FailureMode[], internal?: Internal): Testable {
  const isLatent = ({ restore }: FailureMode): boolean => restore.by !== 'replacement' && restore.latent === true;
  const inside = Object.entries(internal?.parts ?? {});
  const at = (owner: Section, modes: readonly FailureMode[]): Section[] =>
    modes.filter(isLatent).map(({ id }) => owner.at('failures').at(id));
  return {
    names: [name, ...inside.flatMap(([id, { count }]) => countedNames(`${name}/${id}`, count))],
    modes: [...failures, ...inside.flatMap(([, part]) => part.failures)],
    latent: [
      ...at(section, failures),
      ...inside.flatMap(([id, part]) => at(section.at('internal').at('parts').at(id), part.failures)),
    ],
  };
}
