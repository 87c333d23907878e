import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, importDescriptors, simulate } from '../../../src/index.ts';
import { accepted, importSamples, SAMPLES, sample } from './files.ts';

const SEED = 7;

/** A file that was torn, edited or indented wrongly. */
const mutilated = fc
  .record({
    name: fc.constantFrom(...SAMPLES),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    edits: fc.array(
      fc.record({
        kind: fc.constantFrom('delete', 'indent', 'outdent', 'repeat', 'swap', 'letter'),
        at: fc.double({ min: 0, max: 0.999, noNaN: true }),
        by: fc.integer({ min: 1, max: 6 }),
        letter: fc.constantFrom(':', '-', '{', '}', '[', '"', "'", '\t', '&a', '*a', '#', '!', '%', '0', 'x', '<<: '),
      }),
      { maxLength: 6 },
    ),
    torn: fc.boolean(),
  })
  .map(({ name, cut, edits, torn }) => {
    let lines = sample(name).text.split('\n');
    for (const { kind, at, by, letter } of edits) {
      const i = Math.floor(at * lines.length);
      const line = lines[i] ?? '';
      if (kind === 'delete') lines = [...lines.slice(0, i), ...lines.slice(i + by)];
      if (kind === 'indent') lines[i] = `${' '.repeat(by)}${line}`;
      if (kind === 'outdent') lines[i] = line.replace(new RegExp(`^ {1,${by}}`), '');
      if (kind === 'repeat') lines = [...lines.slice(0, i), ...lines.slice(i, i + by), ...lines.slice(i)];
      if (kind === 'swap') [lines[i], lines[i + by]] = [lines[i + by] ?? '', line];
      if (kind === 'letter') lines[i] = `${line.slice(0, by)}${letter}${line.slice(by)}`;
      if (lines.length === 0) lines = [''];
    }
    const text = lines.join('\n');
    return torn ? text.slice(0, Math.floor(cut * text.length)) : text;
  });

describe('law', () => {
  it('whatever a file has become: a scenario that is valid, or problems with places; every key has one verdict', () => {
    fc.assert(
      fc.property(mutilated, (text) => {
        try {
          const imported = importDescriptors([{ file: 'x.yaml', text }]);
          accepted(imported);
          for (const file of imported.report.files)
            expect(file.taken + file.approximated + file.ignored).toBe(file.keys);
          const { taken, approximated, ignored } = imported.report;
          const places = [...taken, ...approximated, ...ignored].map(
            ({ place, key }) => `${place.line}:${place.column} ${key}`,
          );
          expect(new Set(places).size).toBe(places.length);
          for (const { place } of imported.report.findings) expect(place).toBeDefined();
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          // What is refused is the descriptor, never the scenario made of it.
          for (const { place } of error.problems) expect(place?.file).toBe('x.yaml');
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('any text whatsoever is refused or read, never a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json()), (text) => {
        try {
          accepted(importDescriptors([{ file: 'x.yaml', text }]));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('names of any kind become names of a scenario', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        (names) => {
          const vdus = Object.fromEntries(
            names
              .filter((name) => name !== '<<')
              .map((name) => [name, { id: name, monitoring_policy: 'ping', failure_policy: 'respawn' }]),
          );
          if (Object.keys(vdus).length === 0) return;
          accepted(importDescriptors([{ file: 'x.yaml', text: JSON.stringify({ template_name: names[0], vdus }) }]));
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  it.each([['firewall'], ['old'], ['chain'], ['network'], ['session'], ['defects']])('%s runs', async (name) => {
    const result = await simulate(accepted(importSamples(name)), { histories: 2, years: 2 } as never);
    for (const service of Object.values(result.services)) expect(service.dpm.all.value).toBeGreaterThanOrEqual(0);
  });
});
