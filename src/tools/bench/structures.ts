import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AnalyseOptions, analyseStructure } from '../../analytic/structure/analyse.ts';
import { type OpenPsaSource, readOpenPsa } from '../../interchange/openpsa/read.ts';
import type { Structure, StructureResult } from '../../model/structure.ts';
import { gridNetwork, leafSpine, serviceRing, vote } from './models/structures.ts';
import { neighboursDown, referenceDiagram } from './reference-exact.ts';
import { assert, assertClose, type Row, ratio, type Suite } from './suite.ts';

/** Folder of published fault trees (`aralia/*.xml`, `EXPECTED.json`), where there is one. */
const TREES = process.env['FAULT_TREES'] ?? '';
const UNITS = 1_000;
const RISK = 0.01;

/** Structures solved whole, with the Birnbaum importance of every block. */
export const structuresSuite: Suite = {
  name: 'structures',
  reference: `a textbook diagram of "two neighbours of ${UNITS} are down": maps, recursion, no preprocessing`,
  run: () => [
    ...treeRows(),
    row('ring of 20 000 services', serviceRing(20_000, 1e-4), 6.39491651842e-4, 1e-11),
    row('grid 10×10, corner to corner', gridNetwork(10, 0.1), 1 - 0.97566162, 1e-6),
    fabricRow(),
    row('101 of 200, all cut sets', vote(101, 200, uneven), undefined, 0, COUNTED),
    row('26 of 50, all cut sets', vote(26, 50, uneven), undefined, 0, COUNTED),
    // Exact rationals: Σ C(10000, j)·q^j·(1 − q)^(10000 − j) over j ≥ 11.
    row(
      '9 990 of 10 000 needed',
      vote(11, 10_000, () => 1e-3),
      0.4169602393707426,
      1e-12,
    ),
    row(
      '5 000 of 10 000 unequal units',
      vote(5_000, 10_000, (i) => 0.45 + 1e-5 * i),
      0.50359638854,
      1e-10,
    ),
  ],
};

const COUNTED: AnalyseOptions = { cutSets: { list: 1 } };
/** C(n, k) of the two votes. */
const WAYS: Readonly<Record<number, string>> = {
  50: '121548660036300',
  200: '89651994709013149668717007007410063242083752153874590932000',
};

function uneven(i: number): number {
  return 0.01 + 1e-4 * i;
}

function speed(subject: () => void): number {
  return ratio(
    () => subject,
    () => () => assertClose(referenceDiagram(UNITS, RISK), neighboursDown(UNITS, RISK), 1e-9, 'reference'),
  );
}

function row(
  name: string,
  structure: Structure,
  expected: number | undefined,
  tolerance: number,
  options: AnalyseOptions = { cutSets: false },
): Row {
  const { method, top, size, importance, cutSets }: StructureResult = analyseStructure(structure, options);
  assert(method === 'exact' && importance.length === size.blocks, `${name} was not solved whole`);
  if (expected !== undefined) assertClose(top.unavailability, expected, tolerance, name);
  const ways = cutSets === undefined ? undefined : (cutSets.countExact ?? String(cutSets.count));
  assert(ways === (cutSets === undefined ? undefined : WAYS[size.blocks]), `${name}: ${ways} cut sets`);
  return {
    name,
    work: `${size.blocks} blocks, ${size.nodes} nodes`,
    ratio: speed(() => analyseStructure(structure, options)),
    check: ways === undefined ? `U = ${top.unavailability.toPrecision(12)}` : `${ways} cut sets`,
  };
}

/** Both nodes, their leaves and ports are single points of failure; all else together is below 1e-15. */
function fabricRow(): Row {
  const { structure, ends } = leafSpine(8, 64, 1_000);
  const single = 1 - ends.reduce((product, { unavailability }) => product * (1 - unavailability), 1);
  return row('fabric 8 × 64 × 1 000, end to end', structure, single, 1e-9);
}

interface Expected {
  readonly files: readonly string[];
  readonly p_exact_17digits?: string;
}

/** The 25 Aralia trees, from their structures and from their texts. */
function treeRows(): Row[] {
  const name = 'Aralia, 25 fault trees';
  if (!existsSync(TREES)) return [{ name, work: 'nothing', check: 'FAULT_TREES names no folder of trees' }];
  const expected = JSON.parse(readFileSync(`${TREES}/EXPECTED.json`, 'utf8')) as Record<string, Expected>;
  const files = readdirSync(`${TREES}/aralia`).sort();
  const texts = files.map((file): OpenPsaSource => ({ file, text: readFileSync(`${TREES}/aralia/${file}`, 'utf8') }));
  const structures = texts.map((text) => readOpenPsa([text]).tops[0]!.structure);
  let nodes = 0;
  structures.forEach((structure, i) => {
    const { top, size } = analyseStructure(structure, { cutSets: false });
    const entry = Object.values(expected).find((each) => each.files.includes(`aralia/${files[i]}`));
    assertClose(top.unavailability, Number(entry?.p_exact_17digits), 1e-11, files[i]!);
    nodes += size.nodes;
  });
  const work = `${nodes} nodes`;
  const check = 'all 25 probabilities to 11 digits';
  const solve = (): void => {
    for (const structure of structures) analyseStructure(structure, { cutSets: false });
  };
  const readAndSolve = (): void => {
    for (const text of texts) {
      analyseStructure(readOpenPsa([text]).tops[0]!.structure, { cutSets: false, importance: false });
    }
  };
  return [
    { name: `${name}, importance`, work, check, ratio: speed(solve) },
    { name: `${name}, read and solved`, work, check, ratio: speed(readAndSolve) },
  ];
}
