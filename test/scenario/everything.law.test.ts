import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/model/problem.ts';
import { readDocument } from '../../src/scenario/read/document.ts';
import { printPath } from '../../src/scenario/read/path.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { type JsonSchema, scenarioJsonSchema } from '../../src/scenario/schema/json-schema.ts';

const text = readFileSync('test/scenario/everything.yaml', 'utf8');
const { value } = readDocument(text, 'everything.yaml');
const read = (set: readonly string[] = []) => readScenario(text, { file: 'everything.yaml', set });
const everything = read();

/** Paths of all scalars. */
function leaves(data: unknown, path: (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(data)) return data.flatMap((item, i) => leaves(item, [...path, i]));
  if (typeof data === 'object' && data !== null)
    return Object.entries(data).flatMap(([key, each]) => leaves(each, [...path, key]));
  return [path];
}

describe('law: no key of the format is ignored', () => {
  const schema = scenarioJsonSchema();

  test('the file uses every key of the schema', () => {
    const known = new Set<string>();
    const used = new Set<string>();
    const visit = (node: JsonSchema, data: readonly unknown[], path: string): void => {
      const name = node.$ref?.replace('#/definitions/', '');
      // Laws and structures have tests of their own; what is defined once needs to be used once.
      if (name === 'law' || name === 'structure') return;
      if (name !== undefined) visit(schema.definitions![name]!, data, `<${name}>`);
      const maps = data.filter(
        (each): each is Record<string, unknown> => typeof each === 'object' && each !== null && !Array.isArray(each),
      );
      for (const [key, below] of Object.entries(node.properties ?? {})) {
        const found = maps.filter((map) => Object.hasOwn(map, key)).map((map) => map[key]);
        known.add(`${path}.${key}`);
        if (found.length > 0) used.add(`${path}.${key}`);
        visit(below, found, `${path}.${key}`);
      }
      const { additionalProperties, items } = node;
      if (typeof additionalProperties === 'object')
        visit(
          additionalProperties,
          maps.flatMap((map) => Object.values(map)),
          `${path}.*`,
        );
      if (items !== undefined)
        visit(
          items,
          data.flatMap((each) => (Array.isArray(each) ? each : [])),
          `${path}[]`,
        );
      for (const each of [...(node.anyOf ?? []), ...(node.allOf ?? [])]) visit(each, data, path);
    };
    const { variants: _, ...properties } = schema.properties!;
    visit({ properties }, [value], '');
    expect(known.size).toBeGreaterThan(150);
    expect([...known].filter((path) => !used.has(path))).toEqual(['.extends']);
  });

  test('every value of the file is in the explanation', () => {
    const explained = everything.explained.map(({ path }) => path);
    // A type is explained where it is used, with the values the user of the type overrides replaced.
    const elsewhere = ['format', 'variants', 'sweep', 'catalogue.types', 'catalogue.regions'];
    const ignored = leaves(value).filter((path) => {
      const prefixes = path.map((_, i) => printPath(path.slice(0, i + 1)));
      return !prefixes.some((prefix) => elsewhere.includes(prefix) || explained.includes(prefix));
    });
    expect(ignored.map(printPath)).toEqual(['catalogue.flows.FL-03.steps.request']);
  });
});

test('law: every assumption can be stated as it is printed, and changes nothing', () => {
  const base = `format: carriergrade/scenario/1
sites: { core: { domains: { a: {} }, nodes: { compute: { type: compute-node, count: 3, domains: [a] } }, fabric: { spines: 2, leafPairs: 1, precomputedPaths: false, preallocated: false, planes: { mgmt: {} }, bmc: {}, aggregator: {} } } }
elements: { leaf: { type: leaf, on: core }, wire: { type: link } }
control: { functions: { vim: { type: control-service, instances: 3 } } }
groups:
  sbc: { instance: { guest: { type: vm }, app: { type: vnf-app } }, placement: { pools: [core/compute] }, state: { replication: wire } }
  lone: { scheme: simplex, failures: { f: { rate: 1 / year } }, detection: { coverage: 90 % } }
services: { voice: { uses: [sbc, lone, leaf] } }
repair: { default: {} }
targets: [{ of: voice, metric: ofm, limit: 1 / year }]
`;
  const { scenario, digest } = readScenario(base);
  expect(scenario.assumptions.length).toBeGreaterThan(90);
  for (const { path, value: written } of scenario.assumptions) {
    if (written === 'never fails') continue;
    const stated = readScenario(base, { set: [`${path}=${written}`] });
    expect([path, stated.digest]).toEqual([path, digest]);
    expect(stated.scenario.assumptions.map((each) => each.path)).not.toContain(path);
  }
});

describe('law: damaged files', () => {
  const lines = text.split('\n');
  const words = [
    '~',
    '-1 h',
    '5 m',
    '.nan',
    '[]',
    '{}',
    'nothing',
    '99999999999999999999',
    '"',
    'sbc',
    'true',
    '1 / year',
    '{exponential: 4 h}',
  ];

  test('are read or refused with located problems, and nothing else happens', () => {
    const damage = fc.record({
      line: fc.integer({ min: 0, max: lines.length - 1 }),
      kind: fc.constantFrom('drop', 'repeat', 'word', 'cut'),
      at: fc.nat(),
      word: fc.constantFrom(...words),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const damaged = [...lines];
        for (const { line, kind, at, word } of damages) {
          const old = damaged[line]!;
          const tokens = old.split(/(\s+)/);
          if (kind === 'drop') damaged[line] = '';
          else if (kind === 'repeat') damaged[line] = `${old}\n${old}`;
          else if (kind === 'cut') damaged[line] = old.slice(0, at % (old.length + 1));
          else damaged[line] = tokens.with(at % tokens.length, word).join('');
        }
        try {
          readScenario(damaged.join('\n'), { file: 'damaged.yaml' });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          const { problems } = error as InputError;
          expect(problems.length).toBeGreaterThan(0);
          for (const problem of problems) {
            expect(problem.message).not.toMatch(/undefined|\[object/);
            const place = problem.place?.file ?? (/\(catalogue|--set/.test(problem.message) ? 'damaged.yaml' : '');
            expect([problem.message, place]).toEqual([problem.message, 'damaged.yaml']);
          }
        }
      }),
      { seed: 20_201_120, numRuns: 80 },
    );
  });
});
