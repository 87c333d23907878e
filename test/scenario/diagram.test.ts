import { describe, expect, it } from 'vitest';
import { chainAsBlock } from '../../src/analytic/chain/block.ts';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { formatProblem, InputError, type Problem } from '../../src/model/problem.ts';
import { readDiagram } from '../../src/scenario/diagram/read-diagram.ts';

const FORMAT = 'format: carriergrade/diagram/1\n';

function top(text: string) {
  return analyseStructure(readDiagram(FORMAT + text).structure, { cutSets: false }).top;
}

function names(text: string): string[] {
  return readDiagram(FORMAT + text).structure.blocks.map(({ name }) => name);
}

function problemsOf(text: string): readonly Problem[] {
  try {
    readDiagram(text, { file: 'd.yaml', solveChain: chainAsBlock });
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe('reference: values of blocks (NC-46, DX-05, conversions by hand)', () => {
  it.each([
    ['availability: 99.95 %', 5e-4, undefined],
    ['availability: 99.999999999 %', 1e-11, undefined],
    ['availability: 5 nines', 1e-5, undefined],
    ['unavailability: 1e-5', 1e-5, undefined],
    ['nines: 4', 1e-4, undefined],
    ['dpm: 315.36 s / year', 1e-5, undefined],
    ['dpm: 5.256 min / year', 1e-5, undefined],
    ['mtbf: 999 h, mttr: 1 h', 1e-3, 8.76],
    ['ofm: 8.76 / year, mttr: 1 h', 1e-3, 8.76],
    ['fit: 1000000, mttr: 1 h', 1e-3 / 1.001, 8.76 / 1.001],
    ['failureRate: 1000000 FIT, mttr: 1 h', 1e-3 / 1.001, 8.76 / 1.001],
    ['failureRate: 1e-3 / h, repairRate: 1 / h', 1e-3 / 1.001, 8.76 / 1.001],
    ['availability: 99.9 %, mttr: 1 h', 1e-3, 8.76],
    ['availability: 99.9 %, mtbf: 999 h', 1e-3, 8.76],
  ])('{%s}', (values, unavailability, perYear) => {
    const found = top(`diagram: {${values}}`);
    expect(found.unavailability / unavailability).toBeCloseTo(1, 12);
    if (perYear === undefined) expect(found.frequencyPerYear).toBeUndefined();
    else expect(found.frequencyPerYear! / perYear).toBeCloseTo(1, 12);
  });

  it('error factors go to rates or unavailabilities', () => {
    const { structure } = readDiagram(
      `${FORMAT}diagram: {series: [{name: a, mtbf: 100 h, mttr: 1 h, errorFactor: 3, parameter: p}, {name: b, nines: 3, errorFactor: 10}]}`,
    );
    expect(structure.blocks.map(({ uncertainty }) => uncertainty)).toEqual([
      { errorFactor: 3, on: 'rate', parameter: 'p' },
      { errorFactor: 10, on: 'unavailability' },
    ]);
  });
});

describe('structures', () => {
  it('NC-06: three pairs in series, from a template', () => {
    const found = top(`
templates:
  pair: {parameters: [u], parallel: [{repeat: 2, name: vm, availability: $u}]}
diagram:
  series: [{repeat: 3, name: vnf, use: pair, with: {u: 99.9 %}}]
`);
    expect(found.dpm).toBeCloseTo(94.607905, 6);
  });

  it('names blocks by where they are', () => {
    expect(
      names(`
templates:
  pair: {parameters: {u: 99 %}, blocks: {host: {availability: $u}}, parallel: [{series: [host, {availability: $u}]}, {repeat: 2, name: vm, availability: $u}]}
blocks: {shared: {nines: 5}}
diagram: {series: [shared, {use: pair, name: east}, {use: pair}, {parallel: [{nines: 1}, {nines: 2}]}]}
`),
    ).toEqual([
      'shared',
      'east/host',
      'east/pair.1.2',
      'east/vm[1]',
      'east/vm[2]',
      'diagram.3/host',
      'diagram.3/pair.1.2',
      'diagram.3/vm[1]',
      'diagram.3/vm[2]',
      'diagram.4.1',
      'diagram.4.2',
    ]);
  });

  it('puts the index of a repetition into names and arguments', () => {
    const text = `
templates: {rack: {parameters: [n], series: [{name: psu-$n, nines: 2}, {repeat: 2, index: k, name: 'host-\${k}', nines: 3}]}}
diagram: {parallel: [{repeat: 2, index: i, use: rack, name: rack-$i, with: {n: $i}}]}`;
    expect(names(text)).toEqual([
      'rack-1/psu-1',
      'rack-1/host-1',
      'rack-1/host-2',
      'rack-2/psu-2',
      'rack-2/host-1',
      'rack-2/host-2',
    ]);
  });

  it('a name used twice is one unit; a part used twice too', () => {
    // Shared element s in both branches: U = s + (1 − s)·a·b.
    const shared = top(
      'blocks: {s: {unavailability: 0.1}, a: {unavailability: 0.2}, b: {unavailability: 0.3}}\nparts: {one: {series: [s, a]}}\ndiagram: {parallel: [one, {series: [s, b]}]}',
    );
    expect(shared.unavailability).toBeCloseTo(0.1 + 0.9 * 0.06, 14);
    const twice = top('parts: {p: {series: [{name: x, unavailability: 0.1}]}}\ndiagram: {parallel: [p, p]}');
    expect(twice.unavailability).toBeCloseTo(0.1, 14);
  });

  it('k-of-n with unequal and repeated units (NC-38: 2-of-3)', () => {
    expect(top('diagram: {atLeast: 2, of: [{repeat: 3, availability: 99.9 %}]}').unavailability).toBeCloseTo(
      2.998e-6,
      12,
    );
    const mixed = top(
      'diagram: {atLeast: 2, of: [{unavailability: 0.1}, {unavailability: 0.2}, {series: [{unavailability: 0.3}]}]}',
    );
    expect(mixed.unavailability).toBeCloseTo(0.098, 14);
  });

  it('a bridge as a network, links by value, by part and without failures (RePyability: 0.994780625)', () => {
    const found = top(`
blocks: {middle: {availability: 95 %}}
diagram:
  network:
    nodes: [s, a, b, t]
    links:
      - {from: s, to: a, availability: 95 %}
      - {from: s, to: b, availability: 95 %}
      - {from: a, to: b, part: middle}
      - {from: a, to: t, name: upper, availability: 95 %}
      - {from: b, to: t, availability: 95 %}
    source: s
    targets: [t]
`);
    expect(found.availability).toBeCloseTo(0.994780625, 14);
  });

  it('directed networks, failing nodes, several terminals', () => {
    const network = (more: string): string => `
diagram:
  network:
    nodes: {a: {unavailability: 0.1}, b: null, c: {series: [{unavailability: 0.2}]}}
    links: [{from: b, to: a, unavailability: 0.5}, {from: b, to: c}]
    ${more}`;
    expect(top(network('terminals: [a, c]')).availability).toBeCloseTo(0.9 * 0.8 * 0.5, 14);
    expect(top(network('source: a\n    targets: [c]\n    directed: true')).availability).toBe(0);
    expect(top(network('source: b\n    targets: c\n    directed: true')).availability).toBeCloseTo(0.8, 14);
  });

  it('common causes', () => {
    const pair = (more: string): number =>
      top(
        `blocks: {a: {unavailability: 0.1}, b: {unavailability: 0.1}}\ncommonCauses: [{members: [a, b], ${more}}]\ndiagram: {parallel: [a, b]}`,
      ).unavailability;
    expect(pair('beta: 20 %')).toBeCloseTo(1 - 0.98 * (1 - 0.0064), 14);
    expect(pair('mgl: [20 %]')).toBeCloseTo(1 - 0.98 * (1 - 0.0064), 14);
  });

  it('a network module inside a larger diagram keeps its elements importance', () => {
    const { structure } = readDiagram(`${FORMAT}
diagram:
  series:
    - {name: front, nines: 4}
    - network: {nodes: [x, y], links: [{from: x, to: y, name: l1, nines: 2}, {from: x, to: y, name: l2, nines: 2}], terminals: [x, y]}
`);
    const { importance, top: whole } = analyseStructure(structure);
    expect(whole.unavailability).toBeCloseTo(1 - (1 - 1e-4) * (1 - 1e-4), 14);
    expect(importance.map(({ block }) => block)).toEqual(['front', 'l1', 'l2']);
    expect(importance[1]!.birnbaum).toBeCloseTo((1 - 1e-4) * 1e-2, 14);
  });
});

describe('chains as blocks', () => {
  const read = (text: string) =>
    analyseStructure(readDiagram(FORMAT + text, { solveChain: chainAsBlock }).structure, { cutSets: false });

  it('a two-state chain is the block of the same two times', () => {
    const chain = read(
      'diagram: {chain: {states: [up, down], transitions: [{from: up, to: down, mean: 999 h}, {from: down, to: up, mean: 1 h}], down: [down]}}',
    );
    expect(chain.top.unavailability).toBeCloseTo(1e-3, 17);
    expect(chain.top.frequencyPerYear).toBeCloseTo(8.76, 12);
    expect(chain.top.mdtHours).toBeCloseTo(1, 12);
  });

  it('reference: the active-standby pair of methods 7.2 without its controller, shared by two services', () => {
    // c = q = 1 and a perfect controller leave detection, failover and double faults.
    const { top, importance } = read(`
templates:
  pair:
    parameters: [failover]
    chain:
      states: [ok, detect, failover, simplex, both]
      transitions:
        - {from: [ok, simplex], to: detect, rate: 1e-3 / h, probability: 0}
        - {from: ok, to: detect, rate: 1e-3 / h}
        - {from: ok, to: simplex, rate: 1e-3 / h}
        - {from: detect, to: failover, rate: 1200 / h}
        - {from: failover, to: simplex, mean: $failover}
        - {from: [detect, failover], to: both, rate: 1e-3 / h}
        - {from: simplex, to: ok, rate: 8.5 / h}
        - {from: simplex, to: both, rate: 1e-3 / h}
        - {from: both, to: simplex, rate: 8.5 / h}
      down: [detect, failover, both]
diagram: {series: [{use: pair, name: a, with: {failover: 10 s}}, {use: pair, name: b, with: {failover: 10 s}}, {nines: 6, mttr: 1 h}]}`);
    // First order of one pair: λ(1/δ + 1/ψ) + 2λ²/μ².
    const pair = 1e-3 * (1 / 1200 + 10 / 3600) + 2 * (1e-3 / 8.5) ** 2;
    expect(top.unavailability / (2 * pair + 1e-6)).toBeCloseTo(1, 3);
    expect(importance.map(({ block }) => block)).toEqual(['a/pair', 'b/pair', 'diagram.3']);
    expect(importance[0]!.birnbaum).toBe(importance[1]!.birnbaum);
  });

  it('reference: relpy, 2-of-3 of two units of 0.9 and a three-state chain, with its derivative', () => {
    const availability = (common: number): number =>
      read(`
diagram:
  atLeast: 2
  of:
    - {repeat: 2, availability: 90 %}
    - chain:
        states: [up 1, up 2, down]
        transitions:
          - {from: up 1, to: up 2, rate: 0.1 / h}
          - {from: up 2, to: up 1, rate: 0.1 / h}
          - {from: [up 1, up 2], to: down, rate: ${common} / h}
          - {from: down, to: up 1, rate: 0.5 / h}
        down: down`).top.availability;
    expect(availability(0.2)).toBeCloseTo(0.9385714285714286, 14);
    const step = 1e-4;
    const slope = (availability(0.2 + step) - availability(0.2 - step)) / (2 * step);
    expect(slope).toBeCloseTo(-0.18367346938775503, 6);
  });

  it('problems of a chain are located, also those only solving shows', () => {
    const codes = (chain: string): string[] =>
      problemsOf(`${FORMAT}diagram: {chain: ${chain}}`).map(({ code, place }) => `${place!.line} ${code}`);
    expect(codes('5')).toEqual(['2 wrong-type']);
    expect(codes('{states: [a, b], transitions: [{from: a, to: b, mean: 1 h}]}')).toEqual(['2 missing-key']);
    expect(codes('{states: [a], transitions: [{from: a, to: c, mean: 1 h}], down: [d], up: [a]}')).toEqual([
      '2 unknown-state',
      '2 unknown-state',
      '2 unknown-key',
    ]);
    expect(codes('{states: [a, b], start: {a: 1, b: 1}, transitions: [], down: [b]}')).toEqual([
      '2 start-probabilities',
    ]);
    const withoutSolver = (): unknown =>
      readDiagram(`${FORMAT}diagram: {chain: {states: [a], transitions: [{from: a, to: a, mean: 1 h}], down: [a]}}`);
    expect(withoutSolver).toThrow('chains are not solved here');
  });

  it('always down is 1, never down is 0', () => {
    const chain = (down: string): number =>
      read(
        `diagram: {chain: {states: [a, b, c], transitions: [{from: a, to: b, mean: 3 h}, {from: b, to: a, mean: 7 h}], down: [${down}]}}`,
      ).top.unavailability;
    expect(chain('a, b')).toBe(1);
    expect(chain('c')).toBe(0);
  });
});

describe('problems are located, collected and answered', () => {
  const lines = (...rows: string[]): string => ['format: carriergrade/diagram/1', ...rows].join('\n');
  it.each<[string, string, string, number, number]>([
    ['no format', 'diagram: {nines: 5}', 'missing-format', 1, 1],
    ['another format', 'format: carriergrade/chain/1', 'wrong-format', 1, 9],
    ['no diagram', lines('blocks: {a: {nines: 5}}'), 'missing-key', 1, 1],
    ['an unknown key', lines('diagramm: {nines: 5}', 'diagram: {nines: 5}'), 'unknown-key', 2, 1],
    ['an unknown value', lines('diagram: {availablity: 99 %, nines: 5}'), 'unknown-key', 2, 11],
    ['a bare number for a time', lines('diagram: {mtbf: 100, mttr: 4 h}'), 'missing-unit', 2, 17],
    ['a wrong unit', lines('diagram: {mtbf: 100 h, mttr: 5 m}'), 'bad-unit', 2, 30],
    ['an availability above 1', lines('diagram: {availability: 99.9}'), 'out-of-range', 2, 25],
    ['an outage every moment', lines('diagram: {ofm: 10000 / year, mttr: 4 h}'), 'out-of-range', 2, 16],
    ['more downtime than time', lines('diagram: {dpm: 400 d / year}'), 'out-of-range', 2, 16],
    ['a missing mttr', lines('diagram: {mtbf: 100 h}'), 'missing-key', 2, 1],
    ['two ways to say it', lines('diagram: {availability: 99 %, fit: 100}'), 'conflicting-keys', 2, 31],
    [
      'an availability and both times',
      lines('diagram: {availability: 99 %, mtbf: 99 h, mttr: 1 h}'),
      'conflicting-keys',
      2,
      31,
    ],
    ['two structures in one', lines('diagram: {series: [], parallel: []}'), 'bad-structure', 2, 1],
    ['an empty series', lines('diagram: {series: []}'), 'bad-structure', 2, 11],
    ['a list without a word', lines('diagram: [a, b]'), 'bad-structure', 2, 1],
    ['an unknown name', lines('blocks: {host: {nines: 3}}', 'diagram: {series: [hots]}'), 'dangling-reference', 3, 20],
    [
      'a threshold never reached',
      lines('diagram: {atLeast: 3, of: [{nines: 1}, {nines: 2}]}'),
      'impossible-count',
      2,
      20,
    ],
    ['a threshold of nothing', lines('diagram: {atLeast: 2}'), 'missing-key', 2, 1],
    ['a part in itself', lines('parts: {p: {series: [q]}, q: {parallel: [p]}}', 'diagram: p'), 'cyclic-parts', 2, 42],
    [
      'a template in itself',
      lines('templates: {t: {series: [{use: t}]}}', 'diagram: {use: t}'),
      'cyclic-templates',
      2,
      26,
    ],
    [
      'an unknown template',
      lines('templates: {pair: {nines: 3}}', 'diagram: {use: pear}'),
      'dangling-reference',
      3,
      16,
    ],
    [
      'a missing argument',
      lines('templates: {t: {parameters: [u], availability: $u}}', 'diagram: {use: t}'),
      'missing-argument',
      3,
      1,
    ],
    [
      'an unknown argument',
      lines('templates: {t: {parameters: [u], availability: $u}}', 'diagram: {use: t, with: {u: 99 %, v: 1}}'),
      'unknown-parameter',
      3,
      35,
    ],
    [
      'an unknown parameter',
      lines('templates: {t: {parameters: [u], availability: $w}}', 'diagram: {use: t, with: {u: 99 %}}'),
      'unknown-parameter',
      2,
      48,
    ],
    [
      'a bad argument, where it is given',
      lines('templates: {t: {parameters: [u], availability: $u}}', 'diagram: {use: t, with: {u: often}}'),
      'bad-quantity',
      3,
      29,
    ],
    [
      'the same block twice',
      lines('diagram: {series: [{name: a, nines: 3}, {name: a, nines: 3}]}'),
      'duplicate-name',
      2,
      41,
    ],
    [
      'a name for a block and a part',
      lines('blocks: {a: {nines: 3}}', 'parts: {a: {nines: 4}}', 'diagram: a'),
      'duplicate-name',
      3,
      9,
    ],
    ['repetition outside a list', lines('diagram: {repeat: 2, nines: 3}'), 'unknown-key', 2, 11],
    ['no repetition', lines('diagram: {series: [{repeat: 0, nines: 3}]}'), 'out-of-range', 2, 29],
    [
      'a link to nowhere',
      lines('diagram: {network: {nodes: [a, b], links: [{from: a, to: c}], terminals: [a, b]}}'),
      'dangling-reference',
      2,
      58,
    ],
    ['no ends', lines('diagram: {network: {nodes: [a, b], links: [{from: a, to: b}]}}'), 'missing-key', 2, 11],
    [
      'ends said twice',
      lines('diagram: {network: {nodes: [a, b], links: [{from: a, to: b}], terminals: [a], source: a, targets: [b]}}'),
      'conflicting-keys',
      2,
      63,
    ],
    [
      'members of different kinds',
      lines(
        'blocks: {a: {nines: 3}, b: {nines: 4}}',
        'commonCauses: [{members: [a, b], beta: 10 %}]',
        'diagram: {series: [a, b]}',
      ),
      'conflicting-values',
      3,
      17,
    ],
    ['a parameter without an error factor', lines('diagram: {nines: 3, parameter: p}'), 'missing-key', 2, 1],
    [
      'a mistake in what nobody uses',
      lines('blocks: {a: {nines: -1}, b: {nines: 3}}', 'diagram: b'),
      'out-of-range',
      2,
      21,
    ],
    ['a rate beyond all times', lines('diagram: {fit: 1e300, mttr: 1e300 h}'), 'out-of-range', 2, 16],
    ['a frequency beyond all numbers', lines('diagram: {nines: 1, mttr: 1e-310 s}'), 'out-of-range', 2, 18],
    [
      'targets without one',
      lines('diagram: {network: {nodes: [a, b], links: [{from: a, to: b}], source: a, targets: []}}'),
      'missing-key',
      2,
      74,
    ],
    [
      'a block in two common causes',
      lines(
        'blocks: {a: {nines: 1}, b: {nines: 1}, c: {nines: 1}}',
        'commonCauses: [{members: [a, b], beta: 10 %}, {members: [b, c], beta: 10 %}]',
        'diagram: {parallel: [a, b, c]}',
      ),
      'duplicate-name',
      3,
      58,
    ],
    [
      'a common cause with more combinations than anybody wants',
      lines(
        `blocks: {${Array.from({ length: 13 }, (_, i) => `b${i}: {nines: 1}`).join(', ')}}`,
        `commonCauses: [{members: [${Array.from({ length: 13 }, (_, i) => `b${i}`).join(', ')}], mgl: [${'0.5, '.repeat(11)}0.5]}]`,
        'diagram: b0',
      ),
      'impossible-count',
      3,
      16,
    ],
    [
      'a common cause of nothing',
      lines(
        'blocks: {a: {nines: 1}, b: {nines: 1}}',
        'commonCauses: [{members: [a, b], alpha: [0, 0]}]',
        'diagram: {parallel: [a, b]}',
      ),
      'out-of-range',
      3,
      34,
    ],
    [
      'templates in each other, twice each',
      lines('templates: {a: {series: [{use: b}]}, b: {parallel: [{use: a}, {use: a}]}}', 'diagram: {use: a}'),
      'cyclic-templates',
      2,
      53,
    ],
    ['a file too deep', lines(`diagram: ${'{series: ['.repeat(100)}`), 'too-deep', 2, 0],
    ['no YAML', '\tx', 'tab-indent', 1, 1],
  ])('%s', (_, text, code, line, column) => {
    const [problem] = problemsOf(text);
    expect(problem, 'a problem').toBeDefined();
    const found = {
      code: problem!.code,
      line: problem!.place!.line,
      ...(column === 0 ? {} : { column: problem!.place!.column }),
    };
    expect(found, formatProblem(problem!)).toEqual({ code, line, ...(column === 0 ? {} : { column }) });
    expect(problem!.frame).toContain('^');
  });

  it('all at once, with suggestions', () => {
    const problems = problemsOf(
      lines(
        'blocks:',
        '  host: {mtbf: 100, mttr: 4 h}',
        '  disk: {availability: 101 %}',
        'diagram: {series: [hos, diskk]}',
      ),
    );
    expect(problems.map(({ code, place }) => `${place!.line} ${code}`)).toEqual([
      '3 missing-unit',
      '4 out-of-range',
      '5 dangling-reference',
      '5 dangling-reference',
    ]);
    expect(problems[2]!.hint).toBe('did you mean "host"?');
  });

  it('a mistake in a template is told once, not in every instance', () => {
    const text = lines(
      'templates: {t: {series: [{nines: 3}, nowhere]}}',
      'diagram: {parallel: [{repeat: 50, use: t}]}',
    );
    expect(problemsOf(text)).toHaveLength(1);
  });

  it('repetition that explodes is refused', () => {
    const nested = lines(
      'templates:',
      '  a: {series: [{repeat: 50000, nines: 3}]}',
      '  b: {series: [{repeat: 50000, use: a}]}',
      'diagram: {use: b}',
    );
    expect(problemsOf(nested)[0]!.code).toBe('too-large');
  });

  it('templates that double thirty times are refused, with and without blocks of their own', () => {
    const doubled = (leaf: string): readonly Problem[] => {
      const levels = Array.from(
        { length: 30 },
        (_, i) => `  t${i}: {series: [{use: t${i + 1}, name: x}, {use: t${i + 1}, name: y}]}`,
      );
      return problemsOf(lines('blocks: {shared: {nines: 3}}', 'templates:', ...levels, leaf, 'diagram: {use: t0}'));
    };
    for (const leaf of ['{nines: 3}', '{series: [nowhere]}']) {
      const problems = doubled(`  t30: ${leaf}`);
      expect(problems.length).toBeLessThan(5);
      expect(problems.map(({ code }) => code)).toContain('too-large');
    }
  });

  it('thousands of parts in a chain are read or refused, never a crash', () => {
    const chain = (n: number): string => {
      const parts = Array.from(
        { length: n },
        (_, i) => `  p${i}: {series: [{unavailability: 1e-6}, ${i + 1 < n ? `p${i + 1}` : '{nines: 3}'}]}`,
      );
      return lines('parts:', ...parts, 'diagram: p0');
    };
    expect(problemsOf(chain(100))).toEqual([]);
    expect(problemsOf(chain(5_000))[0]!.code).toBe('too-deep');
  });
});
