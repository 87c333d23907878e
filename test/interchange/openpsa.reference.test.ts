import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { analyseEventTree } from '../../src/analytic/structure/eventtree.ts';
import { fullTest } from '../../src/interchange/openpsa/periodic-test.ts';
import { type OpenPsaModel, readOpenPsa } from '../../src/interchange/openpsa/read.ts';
import { writeOpenPsa } from '../../src/interchange/openpsa/write.ts';
import type { Structure } from '../../src/model/structure.ts';
import { block, structureOf, testRandom } from '../analytic/structures.ts';

function model(content: string, missionTimeHours?: number): OpenPsaModel {
  const text = `<?xml version="1.0"?>\n<opsa-mef>\n${content}\n</opsa-mef>\n`;
  return readOpenPsa([{ file: 'model.xml', text }], missionTimeHours === undefined ? {} : { missionTimeHours });
}

function probability(expression: string, missionTimeHours?: number): number {
  const content = `<define-fault-tree name="T"><define-gate name="top"><basic-event name="A"/></define-gate>
    <define-basic-event name="A">${expression}</define-basic-event></define-fault-tree>`;
  return analyseStructure(model(content, missionTimeHours).tops[0]!.structure).top.unavailability;
}

const f = (...values: number[]): string => values.map((value) => `<float value="${value}"/>`).join('');
const T = '<system-mission-time/>';

describe('reference: values of expressions (SCRAM 0.16.2 on the same models, six digits)', () => {
  it.each([
    ['GLM', `<GLM>${f(0.01, 1e-4, 1e-2)}${T}</GLM>`, 0.00990099],
    ['Weibull', `<Weibull>${f(10000, 1.7, 50)}${T}</Weibull>`, 0.546489],
    ['periodic test, 4 operands', `<periodic-test>${f(1e-4, 1000, 300)}${T}</periodic-test>`, 0.044958],
    ['periodic test, 5 operands', `<periodic-test>${f(1e-4, 2e-3, 1000, 300)}${T}</periodic-test>`, 0.0837761],
    ['periodic test, λ = μ', `<periodic-test>${f(1e-4, 1e-4, 1000, 300)}${T}</periodic-test>`, 0.426868],
    ['lognormal deviate, mean', `<lognormal-deviate>${f(0.01, 3, 0.95)}</lognormal-deviate>`, 0.01],
    ['lognormal deviate, μ σ', `<lognormal-deviate>${f(-5, 0.7)}</lognormal-deviate>`, 0.00860854],
    ['gamma deviate', `<gamma-deviate>${f(2, 0.05)}</gamma-deviate>`, 0.1],
    ['histogram', `<histogram>${f(0)}<bin>${f(0.1, 2)}</bin><bin>${f(0.4, 3)}</bin></histogram>`, 0.17],
    ['mod', `<mod>${f(7.5, 2.3)}</mod>`, 1],
    ['sub', `<sub>${f(0.9, 0.2, 0.1)}</sub>`, 0.6],
    [
      'switch',
      `<switch><case><gt>${f(1, 2)}</gt>${f(0.3)}</case><case><lt>${f(1, 2)}</lt>${f(0.4)}</case>${f(0.6)}</switch>`,
      0.4,
    ],
  ])('%s', (_, expression, expected) => {
    expect(probability(expression) / expected).toBeCloseTo(1, 5);
  });

  it('beta and uniform deviates, arithmetic and comparisons by their definitions', () => {
    expect(probability(`<beta-deviate>${f(2, 5)}</beta-deviate>`)).toBeCloseTo(2 / 7, 15);
    expect(probability(`<uniform-deviate>${f(0.1, 0.3)}</uniform-deviate>`)).toBeCloseTo(0.2, 15);
    expect(probability(`<div><mul>${f(0.5, 0.5)}</mul>${f(2)}</div>`)).toBeCloseTo(0.125, 15);
    expect(probability(`<mean>${f(0.1, 0.2, 0.6)}</mean>`)).toBeCloseTo(0.3, 15);
    expect(probability(`<ite><and><leq>${f(1, 1)}</leq><not>${f(0)}</not></and>${f(0.7, 0.1)}</ite>`)).toBe(0.7);
    expect(probability(`<exponential>${f(1e-9)}${T}</exponential>`, 1)).toBe(-Math.expm1(-1e-9));
  });

  it('periodic test with 11 operands over its life', () => {
    const test = { lambda: 1e-4, lambdaTest: 3e-4, mu: 2e-3, tau: 1000, theta: 300 };
    const component = { ...test, gamma: 0.05, pi: 100, x: 1, sigma: 0.8, omega: 0.1 };
    const scram = [
      [200, 0.0198013],
      [300, 0.0295545],
      [301, 0.0783533],
      [350, 0.0918024],
      [400, 0.105324],
      [600, 0.0983036],
      [1299, 0.122506],
      [1300, 0.16644],
      [1400, 0.188815],
      [1500, 0.172034],
      [2600, 0.176925],
      [5321.5, 0.205092],
    ] as const;
    for (const [t, expected] of scram) expect(fullTest(component, t) / expected, `at ${t} h`).toBeCloseTo(1, 5);
    const hard = { ...component, x: 0, lambda: 2e-3, omega: 0.4, mu: 0.01 };
    expect(fullTest(hard, 1500) / 0.662466).toBeCloseTo(1, 5);
    expect(fullTest(hard, 2600) / 0.644481).toBeCloseTo(1, 5);
    const expression = `<periodic-test>${f(1e-4, 3e-4, 2e-3, 1000, 300, 0.05, 100, 1, 0.8, 0.1)}${T}</periodic-test>`;
    expect(probability(expression, 600)).toBeCloseTo(fullTest(component, 600), 15);
  });
});

describe('reference: structure of models (SCRAM 0.16.2 on the same models)', () => {
  it('private names of components, full paths, public names out of them', () => {
    const component = (name: string, p: number, more = ''): string => `
      <define-component name="${name}" role="private">
        <define-gate name="g"><and><basic-event name="e"/><basic-event name="shared"/></and></define-gate>
        <define-basic-event name="e"><parameter name="p"/></define-basic-event>
        <define-parameter name="p"><float value="${p}"/></define-parameter>${more}
      </define-component>`;
    const pub = `<define-gate name="pub" role="public">
      <and><basic-event name="e"/><not><basic-event name="shared"/></not></and></define-gate>`;
    const { tops } = model(`<define-fault-tree name="T">
      <define-gate name="top"><or><gate name="T.X.g"/><gate name="T.Y.g"/><gate name="pub"/></or></define-gate>
      ${component('X', 0.1)}${component('Y', 0.2, pub)}
      <define-basic-event name="shared"><float value="0.3"/></define-basic-event></define-fault-tree>`);
    expect(tops.map(({ name }) => name)).toEqual(['top']);
    expect(analyseStructure(tops[0]!.structure).top.unavailability).toBeCloseTo(0.224, 14);
    expect(tops[0]!.structure.blocks.map(({ name }) => name)).toEqual(['T.X.e', 'T.Y.e', 'shared']);
  });

  it('a substitution that deletes terms', () => {
    const { tops } = model(`<define-fault-tree name="T"><define-gate name="top"><or>
      <and><basic-event name="A"/><basic-event name="B"/></and>
      <and><basic-event name="B"/><basic-event name="C"/></and></or></define-gate></define-fault-tree>
      <model-data><define-basic-event name="A">${f(0.1)}</define-basic-event>
      <define-basic-event name="B">${f(0.2)}</define-basic-event><define-basic-event name="C">${f(0.3)}</define-basic-event></model-data>
      <define-substitution name="s" type="delete-terms"><hypothesis><and><basic-event name="A"/><basic-event name="B"/></and></hypothesis>
      <target><constant value="false"/></target></define-substitution>`);
    expect(analyseStructure(tops[0]!.structure).top.unavailability).toBeCloseTo(0.054, 14);
  });

  it('imply, cardinality, nested formulas, constants and house events, by their truth tables', () => {
    const two = (formula: string): number =>
      analyseStructure(
        model(`<define-fault-tree name="T"><define-gate name="top">${formula}</define-gate>
        <define-house-event name="on"><constant value="true"/></define-house-event>
        <define-house-event name="off"/></define-fault-tree>
        <model-data><define-basic-event name="A">${f(0.1)}</define-basic-event>
        <define-basic-event name="B">${f(0.2)}</define-basic-event><define-basic-event name="C">${f(0.3)}</define-basic-event></model-data>`)
          .tops[0]!.structure,
      ).top.unavailability;
    const [a, b, c] = ['A', 'B', 'C'].map((name) => `<basic-event name="${name}"/>`) as [string, string, string];
    expect(two(`<imply>${a}${b}</imply>`)).toBeCloseTo(1 - 0.1 * 0.8, 14);
    expect(two(`<cardinality min="1" max="1">${a}${b}${c}</cardinality>`)).toBeCloseTo(0.398, 14);
    expect(two(`<and><house-event name="on"/><or>${a}<house-event name="off"/></or></and>`)).toBeCloseTo(0.1, 14);
    expect(two(`<nand>${a}<nor>${b}${c}</nor></nand>`)).toBeCloseTo(1 - 0.1 * 0.8 * 0.7, 14);
    expect(two(`<xor>${a}${b}${c}</xor>`)).toBeCloseTo((1 - 0.8 * 0.6 * 0.4) / 2, 14);
    expect(two(`<or>${a}<constant value="false"/></or>`)).toBeCloseTo(0.1, 14);
    expect(two(`<event name="A" type="basic-event"/>`)).toBeCloseTo(0.1, 14);
  });

  it('an event tree with formulas, a rule, a test and a house event set on the way', () => {
    const { eventTrees } = model(`<define-initiating-event name="I" event-tree="E"/>
      <define-event-tree name="E"><define-functional-event name="F"/><define-functional-event name="G"/>
      <define-sequence name="ok"/><define-sequence name="bad"/><define-sequence name="worse">
        <collect-expression>${f(0.9)}</collect-expression></define-sequence>
      <define-branch name="tail"><fork functional-event="G">
        <path state="up"><collect-formula><not><gate name="g2"/></not></collect-formula><sequence name="ok"/></path>
        <path state="down"><collect-formula><gate name="g2"/></collect-formula><rule name="half"/><sequence name="bad"/></path></fork></define-branch>
      <initial-state><fork functional-event="F">
        <path state="up"><collect-formula><not><gate name="g1"/></not></collect-formula><branch name="tail"/></path>
        <path state="down"><set-house-event name="h"><constant value="true"/></set-house-event>
          <collect-formula><gate name="g1"/></collect-formula><fork functional-event="G">
          <path state="up"><collect-formula><not><gate name="g2"/></not></collect-formula><sequence name="bad"/></path>
          <path state="down"><collect-formula><gate name="g2"/></collect-formula><sequence name="worse"/></path></fork></path></fork></initial-state></define-event-tree>
      <define-rule name="half"><if><test-functional-event name="F" state="up"/><collect-expression>${f(0.5)}</collect-expression></if></define-rule>
      <define-fault-tree name="T">
      <define-gate name="g1"><and><basic-event name="A"/><basic-event name="B"/></and></define-gate>
      <define-gate name="g2"><or><basic-event name="B"/><and><basic-event name="C"/><house-event name="h"/></and></or></define-gate>
      <define-house-event name="h"><constant value="false"/></define-house-event>
      <define-basic-event name="A">${f(0.1)}</define-basic-event><define-basic-event name="B">${f(0.2)}</define-basic-event>
      <define-basic-event name="C">${f(0.3)}</define-basic-event></define-fault-tree>`);
    // ok: not B; bad: half of (not AB and B); worse: nine tenths of AB, where B makes g2 true.
    const found = Object.fromEntries(
      analyseEventTree(eventTrees[0]!).map(({ name, probability }) => [name, probability]),
    );
    expect(found['ok']).toBeCloseTo(0.8, 14);
    expect(found['bad']).toBeCloseTo(0.5 * 0.9 * 0.2, 14);
    expect(found['worse']).toBeCloseTo(0.9 * 0.02, 14);
  });

  it('uncertain parameters reach their blocks', () => {
    const { tops } = model(`<define-fault-tree name="T"><define-gate name="top"><and>
      <basic-event name="A"/><basic-event name="B"/><basic-event name="C"/></and></define-gate>
      <define-basic-event name="A"><parameter name="p"/></define-basic-event>
      <define-basic-event name="B"><exponential><parameter name="q"/>${T}</exponential></define-basic-event>
      <define-basic-event name="C"><lognormal-deviate>${f(0.01, 5, 0.95)}</lognormal-deviate></define-basic-event>
      <define-parameter name="p"><lognormal-deviate>${f(0.02, 3, 0.95)}</lognormal-deviate></define-parameter>
      <define-parameter name="q"><parameter name="p"/></define-parameter></define-fault-tree>`);
    expect(tops[0]!.structure.blocks.map(({ uncertainty }) => uncertainty)).toEqual([
      { errorFactor: 3, on: 'unavailability', nominal: 'mean', parameter: 'p' },
      { errorFactor: 3, on: 'hazard', nominal: 'mean', parameter: 'p' },
      { errorFactor: 5, on: 'unavailability', nominal: 'mean' },
    ]);
  });
});

describe('law: what is written is read back the same', () => {
  it('for random structures with awkward names', () => {
    const random = testRandom(21);
    const pick = (n: number): number => Math.floor(random() * n);
    for (let round = 0; round < 100; round++) {
      const n = 2 + pick(6);
      const blocks = Array.from({ length: n }, (_, i) =>
        block(['pump', 'a b', 'x<&>"y', 'é--', '9', 'pump'][pick(6)] + (i % 2 ? i : ''), random()),
      );
      const gates = Array.from({ length: 1 + pick(4) }, (_, g) => {
        const inputs = Array.from({ length: 2 + pick(3) }, () => pick(n));
        if (g > 0) inputs.push(~(g - 1));
        const kind = (['and', 'or', 'xor', 'nand', 'nor', 'atleast'] as const)[pick(6)]!;
        return kind === 'atleast' ? { kind, minimum: 2, inputs, name: `g ${g}` } : { kind, inputs };
      });
      const structure: Structure = structureOf(blocks, gates);
      const back = readOpenPsa([{ file: 'x.xml', text: writeOpenPsa(structure) }]);
      expect(back.tops).toHaveLength(1);
      expect(analyseStructure(back.tops[0]!.structure).top.unavailability).toBe(
        analyseStructure(structure).top.unavailability,
      );
    }
  });

  it('for common cause groups and a top that is a block', () => {
    const pair: Structure = {
      ...structureOf([block('A', 0.1), block('B', 0.1), block('C', 0.1)], [{ kind: 'and', inputs: [0, 1, 2] }]),
      commonCauses: [{ name: 'G', members: [0, 1, 2], model: 'mgl', factors: [0.2, 0.5] }],
    };
    const back = readOpenPsa([{ file: 'x.xml', text: writeOpenPsa(pair) }]).tops[0]!.structure;
    expect(back.commonCauses).toEqual([{ ...pair.commonCauses![0]!, unavailability: 0.1 }]);
    expect(analyseStructure(back).top.unavailability).toBe(analyseStructure(pair).top.unavailability);
    const single = readOpenPsa([
      { file: 'x.xml', text: writeOpenPsa({ blocks: [block('A', 0.25)], gates: [], top: 0 }) },
    ]);
    expect(analyseStructure(single.tops[0]!.structure).top.unavailability).toBe(0.25);
  });
});
