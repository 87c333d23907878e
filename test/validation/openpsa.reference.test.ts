import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { analyseEventTree } from '../../src/analytic/structure/eventtree.ts';
import { readOpenPsa } from '../../src/interchange/openpsa/read.ts';

/** Published fault trees: SCRAM's own tests and the Aralia benchmark; each value's source is in the folder's manifest. */
const folder = new URL('../../../shared/validation/openpsa/', import.meta.url);

interface Expected {
  readonly files: readonly string[];
  readonly mode?: string;
  readonly p_exact?: number;
  readonly p_rare_event?: number;
  readonly mcs?: number;
  readonly sequences?: Readonly<Record<string, number>>;
  readonly p_exact_17digits?: string;
  readonly published_mcs?: string;
}

if (!existsSync(folder)) {
  it('the published fault trees are not here; nothing was compared', () => {
    expect(existsSync(folder)).toBe(false);
  });
} else {
  const expected = JSON.parse(readFileSync(new URL('EXPECTED.json', folder), 'utf8')) as Record<string, Expected>;
  const model = (files: readonly string[]) =>
    readOpenPsa(
      files
        .filter((file) => file.endsWith('.xml'))
        .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') })),
    );
  /** Half a unit of the last of six printed digits. */
  const sixDigits = (value: number): number => 0.5 * 10 ** (Math.floor(Math.log10(value)) - 5) * 1.0001;

  describe('reference: Aralia benchmark (17 digits, published counts of minimal cut sets)', () => {
    const trees = Object.entries(expected).filter(([name]) => name.startsWith('aralia:'));
    it.each(trees)('%s', (_, { files, p_exact_17digits, published_mcs }) => {
      const { tops } = model(files);
      expect(tops).toHaveLength(1);
      const result = analyseStructure(tops[0]!.structure);
      expect(result.method).toBe('exact');
      expect(result.top.unavailability / Number(p_exact_17digits) - 1).toBeCloseTo(0, 11);
      expect(result.cutSets!.truncatedAt).toBeUndefined();
      expect(result.cutSets!.count).toBe(Number(published_mcs!.replaceAll(',', '')));
      expect(result.cutSets!.byOrder.reduce((sum, count) => sum + count, 0)).toBe(result.cutSets!.count);
    });
  });

  describe('reference: SCRAM tests (exact probability to the printed digits, counts of minimal cut sets)', () => {
    const cases = Object.entries(expected).filter(([name, { sequences }]) => name.startsWith('scram:') && !sequences);
    it.each(cases)('%s', (_, { files, p_exact, p_rare_event, mcs, mode }) => {
      const { tops } = model(files);
      expect(tops).toHaveLength(1);
      const { structure } = tops[0]!;
      const result = analyseStructure(structure, { commonCauses: mode === '--ccf', cutSets: { list: 10_000 } });
      expect(Math.abs(result.top.unavailability - p_exact!)).toBeLessThanOrEqual(sixDigits(p_exact!));
      if (mcs !== undefined) expect(result.cutSets!.count).toBe(mcs);
      // The sum over all cut sets is the rare event figure; with negations SCRAM counts complements as events.
      const coherent = structure.gates.every(({ kind }) => ['and', 'or', 'atleast', 'constant'].includes(kind));
      if (p_rare_event === undefined || !coherent) return;
      const sum = result.cutSets!.top.reduce((total, { probability }) => total + probability, 0);
      expect(Math.abs(Math.min(1, sum) - p_rare_event)).toBeLessThanOrEqual(sixDigits(p_rare_event));
    });

    it('importance measures of PumpOne in correct_tree_input_with_probs', () => {
      const { tops } = model(expected['scram:correct_tree_input_with_probs']!.files);
      const { importance } = analyseStructure(tops[0]!.structure);
      const pump = importance.find(({ block }) => block === 'PumpOne')!;
      expect(pump.birnbaum).toBeCloseTo(0.51, 12);
      expect(pump.criticality).toBeCloseTo(0.4737, 4);
      expect(pump.raw).toBeCloseTo(1.316, 3);
      expect(pump.rrw).toBeCloseTo(1.9, 12);
    });
  });

  describe('reference: SCRAM event trees', () => {
    const trees = Object.entries(expected).filter(([, { sequences }]) => sequences !== undefined);
    it.each(trees)('%s', (_, { files, sequences }) => {
      const found = analyseEventTree(model(files).eventTrees[0]!);
      expect(Object.fromEntries(found.map(({ name, probability }) => [name, Number(probability.toFixed(12))]))).toEqual(
        sequences,
      );
    });
  });
}
