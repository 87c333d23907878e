import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { readOpenPsa } from '../../src/interchange/openpsa/read.ts';
import { formatProblem, InputError, type Problem } from '../../src/model/problem.ts';

function problemsOf(...texts: string[]): readonly Problem[] {
  try {
    readOpenPsa(texts.map((text, i) => ({ file: `part${i + 1}.xml`, text })));
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

const model = (...lines: string[]): string => ['<opsa-mef>', ...lines, '</opsa-mef>'].join('\n');
const gate = (formula: string, name = 'top'): string => `<define-gate name="${name}">${formula}</define-gate>`;
const tree = (...content: string[]): string => treeOf(content);
const treeOf = (content: readonly string[]): string =>
  `<opsa-mef>\n<define-fault-tree name="T">\n${content.join('\n')}\n</define-fault-tree>\n</opsa-mef>`;
const event = (name: string, expression = '<float value="0.1"/>'): string =>
  `<define-basic-event name="${name}">${expression}</define-basic-event>`;
const A = '<basic-event name="A"/>';

describe('broken models are refused where they are broken', () => {
  it.each<[string, string, string, number, number]>([
    ['an empty text', '', 'xml-syntax', 1, 1],
    ['no XML at all', 'format: carriergrade/diagram/1', 'xml-syntax', 1, 1],
    ['an element left open', '<opsa-mef>\n<model-data>\n', 'xml-syntax', 2, 1],
    ['a wrong closing tag', '<opsa-mef>\n <model-data>\n</opsa-mef>', 'xml-syntax', 3, 1],
    ['an attribute without a value', '<opsa-mef>\n<model-data x/></opsa-mef>', 'xml-syntax', 2, 13],
    ['an attribute twice', '<opsa-mef>\n<model-data x="1" x="2"/></opsa-mef>', 'xml-syntax', 2, 19],
    ['two roots', '<opsa-mef/>\n<opsa-mef/>', 'xml-syntax', 2, 1],
    ['another format', '<svg/>', 'not-open-psa', 1, 1],
    ['control characters', '<opsa-mef>\u0000</opsa-mef>', 'not-text', 1, 11],
    ['nothing to analyse', model(), 'nothing-to-analyse', 1, 1],
    ['an unknown element', model('<define-gat name="x"/>'), 'unknown-element', 2, 1],
    ['an unknown element in a tree', tree('<gate name="x"/>'), 'unknown-element', 3, 1],
    ['a gate without a name', tree('<define-gate><or/></define-gate>'), 'missing-attribute', 3, 1],
    ['a gate without a formula', tree('<define-gate name="g"/>'), 'missing-element', 3, 1],
    ['an unknown connective', tree(gate(`<vote>${A}</vote>`), event('A')), 'unknown-formula', 3, 25],
    ['an empty gate', tree(gate('<or/>')), 'operand-count', 3, 25],
    ['a not of two', tree(gate(`<not>${A}${A}</not>`), event('A')), 'operand-count', 3, 25],
    ['an iff of one', tree(gate(`<iff>${A}</iff>`), event('A')), 'operand-count', 3, 25],
    [
      'a threshold above the operands',
      tree(gate(`<atleast min="3">${A}${A}</atleast>`), event('A')),
      'impossible-value',
      3,
      25,
    ],
    [
      'a threshold that is no number',
      tree(gate(`<atleast min="two">${A}${A}</atleast>`), event('A')),
      'impossible-value',
      3,
      25,
    ],
    ['a missing threshold', tree(gate(`<atleast>${A}${A}</atleast>`), event('A')), 'missing-attribute', 3, 25],
    [
      'a cardinality upside down',
      tree(gate(`<cardinality min="2" max="1">${A}${A}</cardinality>`), event('A')),
      'impossible-value',
      3,
      25,
    ],
    ['an event nobody defined', tree(gate('<or><event name="Pumo"/></or>'), event('Pump')), 'unknown-name', 3, 29],
    [
      'a gate called a basic event',
      tree(gate('<or><basic-event name="g"/></or>'), gate(A, 'g'), event('A')),
      'wrong-kind',
      3,
      29,
    ],
    ['a name twice', tree(gate(A), event('A'), event('A')), 'duplicate-name', 5, 1],
    [
      'a gate in a circle',
      tree(gate('<gate name="g"/>'), gate('<gate name="h"/>', 'g'), gate('<gate name="g"/>', 'h')),
      'cyclic-gates',
      4,
      1,
    ],
    [
      'a parameter in a circle',
      tree(
        gate(A),
        event('A', '<parameter name="p"/>'),
        '<define-parameter name="p"><parameter name="q"/></define-parameter>',
        '<define-parameter name="q"><parameter name="p"/></define-parameter>',
      ),
      'cyclic-parameters',
      6,
      1,
    ],
    ['a parameter nobody defined', tree(gate(A), event('A', '<parameter name="p"/>')), 'unknown-name', 4, 30],
    ['a probability above 1', tree(gate(A), event('A', '<float value="1.5"/>')), 'impossible-value', 4, 30],
    ['a negative probability', tree(gate(A), event('A', '<float value="-1e-9"/>')), 'impossible-value', 4, 30],
    ['a number that is none', tree(gate(A), event('A', '<float value="1e-3x"/>')), 'bad-number', 4, 30],
    ['an infinite number', tree(gate(A), event('A', '<float value="1e999"/>')), 'bad-number', 4, 30],
    [
      'a division by zero',
      tree(gate(A), event('A', '<div><float value="1"/><float value="0"/></div>')),
      'undefined-value',
      4,
      30,
    ],
    ['an unknown expression', tree(gate(A), event('A', '<lognormal/>')), 'unknown-expression', 4, 30],
    [
      'an exponential of one',
      tree(gate(A), event('A', '<exponential><float value="1"/></exponential>')),
      'operand-count',
      4,
      30,
    ],
    ['an event without a probability', tree(gate(A), '<define-basic-event name="A"/>'), 'missing-probability', 4, 1],
    [
      'a house event with a formula',
      tree(gate(A), event('A'), '<define-house-event name="h"><or/></define-house-event>'),
      'unknown-formula',
      5,
      30,
    ],
    ['a constant that is neither', tree(gate('<constant value="maybe"/>')), 'bad-constant', 3, 25],
    ['an external function', tree(gate(A), event('A', '<extern-function name="f"/>')), 'unsupported', 4, 30],
    [
      'a common cause model nobody knows',
      model(
        '<define-CCF-group name="G" model="delta"><members/><distribution><float value="1"/></distribution></define-CCF-group>',
      ),
      'unknown-model',
      2,
      1,
    ],
    ['an event tree nobody defined', model('<define-initiating-event name="I" event-tree="E"/>'), 'unknown-name', 2, 1],
    [
      'branches in a circle',
      model(
        '<define-initiating-event name="I" event-tree="E"/><define-event-tree name="E"><define-branch name="b">',
        '<branch name="b"/></define-branch><initial-state><branch name="b"/></initial-state></define-event-tree>',
      ),
      'cyclic-branches',
      2,
      79,
    ],
    [
      'a role that is none',
      tree('<define-gate name="g" role="secret"><constant value="true"/></define-gate>'),
      'bad-role',
      3,
      1,
    ],
  ])('%s', (_, text, code, line, column) => {
    const [problem] = problemsOf(text);
    expect(problem, 'a problem').toBeDefined();
    expect({ code: problem!.code, line: problem!.place!.line, column: problem!.place!.column }).toEqual({
      code,
      line,
      column,
    });
    expect(problem!.place!.file).toBe('part1.xml');
    expect(problem!.frame).toContain('^');
  });

  it('with every problem at once, the file named, and a suggestion', () => {
    const problems = problemsOf(tree(gate('<or><event name="Pumo"/><event name="Valv"/></or>')), model(event('Pump')));
    expect(problems.map(({ code }) => code)).toEqual(['unknown-name', 'unknown-name']);
    expect(problems[0]!.hint).toBe('did you mean "Pump"?');
    expect(formatProblem(problems[0]!)).toContain('part1.xml:3:29 error unknown-name: There is no event "Pumo".');
  });

  it('says where the first of two equal names is, across files', () => {
    const [problem] = problemsOf(tree(gate(A), event('A')), model(event('A')));
    expect(problem!.place!.file).toBe('part2.xml');
    expect(problem!.hint).toBe('the first one is at part1.xml:4');
  });
});

describe('hostile texts neither crash nor hang', () => {
  it('entities are never expanded and no other file is read', () => {
    const bomb = Array.from({ length: 20 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const text = `<!DOCTYPE x [<!ENTITY l0 "lol">${bomb}]>`;
    const problems = problemsOf(`${text}${tree(gate('<or><event name="&l20;"/></or>'))}`);
    expect(problems[0]!.message).toBe('There is no event "&l20;".');
    const outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>';
    expect(problemsOf(`${outside}${tree(gate('<or><event name="&f;"/></or>'))}`)[0]!.message).toBe(
      'There is no event "&f;".',
    );
  });

  it('formulas nested 100 000 deep are refused at the place', () => {
    const deep = '<or>'.repeat(100_000) + A + '</or>'.repeat(100_000);
    expect(problemsOf(tree(gate(deep), event('A')))[0]!.code).toBe('too-deep');
    expect(problemsOf('<a>'.repeat(300_000))[0]!.code).toBe('too-deep');
  });

  it.each([
    ['open comments', '<!--'.repeat(50_000)],
    ['open quotes', `<a ${'x="'.repeat(50_000)}`],
    ['tags without end', '<'.repeat(200_000)],
    ['ampersands', `<a b="${'&'.repeat(200_000)}"/>`],
  ])('%s', (_, text) => {
    const [problem] = problemsOf(text);
    expect(problem!.level).toBe('error');
    expect(problem!.message.length).toBeLessThan(300);
  });

  it('formulas 900 deep, chains of 100 000 gates and of 100 000 parameters are read', () => {
    const nested = tree(gate('<or>'.repeat(900) + A + '</or>'.repeat(900)), event('A'));
    const n = 100_000;
    const gates = Array.from({ length: n }, (_, i) => gate(`<or>${A}<gate name="g${i + 1}"/></or>`, `g${i}`));
    const chained = treeOf([...gates, gate(A, `g${n}`), event('A')]);
    const parameters = Array.from(
      { length: n },
      (_, i) => `<define-parameter name="p${i}"><parameter name="p${i + 1}"/></define-parameter>`,
    );
    const valued = treeOf([
      gate(A),
      event('A', '<parameter name="p0"/>'),
      ...parameters,
      `<define-parameter name="p${n}"><float value="0.1"/></define-parameter>`,
    ]);
    for (const source of [nested, chained, valued]) {
      const { tops } = readOpenPsa([{ file: 'x.xml', text: source }]);
      expect(tops).toHaveLength(1);
      expect(analyseStructure(tops[0]!.structure).top.unavailability).toBeCloseTo(0.1, 15);
    }
  }, 60_000);

  it('a circle of 100 000 gates is one problem, not a hundred thousand', () => {
    const n = 100_000;
    const gates = Array.from({ length: n }, (_, i) => gate(`<or>${A}<gate name="g${(i + 1) % n}"/></or>`, `g${i}`));
    const problems = problemsOf(treeOf([...gates, event('A')]));
    expect(problems.map(({ code }) => code)).toEqual(['cyclic-gates']);
    expect(problems[0]!.message.length).toBeLessThan(200);
  }, 60_000);

  it('an event tree with 2^30 ways is refused', () => {
    const names = Array.from({ length: 30 }, (_, i) => `F${i}`);
    const functional = names.map((name) => `<define-functional-event name="${name}"/>`);
    const branches = names.map((name, i) => {
      const next = i + 1 < names.length ? `<branch name="b${i + 1}"/>` : '<sequence name="s"/>';
      const paths = `<path state="y">${next}</path><path state="n">${next}</path>`;
      return `<define-branch name="b${i}"><fork functional-event="${name}">${paths}</fork></define-branch>`;
    });
    const problems = problemsOf(
      model(
        '<define-initiating-event name="I" event-tree="E"/><define-event-tree name="E">',
        ...functional,
        '<define-sequence name="s"/>',
        ...branches,
        '<initial-state><branch name="b0"/></initial-state></define-event-tree>',
      ),
    );
    expect(problems[0]!.level).toBe('unsupported');
  });
});
