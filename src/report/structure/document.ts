import type { MissionPoint, SequenceProbability, StructureReport, StructuresReport } from '../../model/calculation.ts';
import type { BlockImportance, CutSetSummary } from '../../model/structure.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { type Block, type Cell, type Document, heading, line, list, table } from '../document/document.ts';
import { printComplement, printCount, printDuration, printNumber, printShare } from '../format.ts';

/** Rows of importance measures, cut sets and tornado bars in the brief report. */
const BRIEF = 20;
const DIGITS = 12;

/** A structure solved exactly, with what was asked for besides. `full`: every block, not only the most important. */
export function structureDocument(report: StructureReport, full: boolean): Document {
  const { name, title = name } = report;
  return [heading(1, title === name ? name : `${name}: ${title}`), ...structureBlocks(report, full)];
}

/** Every top of a model, then its event trees. */
export function structuresDocument({ structures, eventTrees }: StructuresReport, full: boolean): Document {
  return [
    ...structures.flatMap((report) => structureDocument(report, full)),
    ...eventTrees.flatMap(({ name, initiatingEvent, sequences }) => [
      heading(1, name),
      line(`Probabilities given the initiating event ${initiatingEvent}.`),
      table(['sequence~', '>probability', ''], sequences.map(sequenceRow)),
    ]),
  ];
}

function sequenceRow({ name, probability, lo, hi }: SequenceProbability): readonly Cell[] {
  const bounds = lo === undefined || hi === undefined ? 'exact' : `${printNumber(lo)} … ${printNumber(hi)}`;
  return [name, printNumber(probability, DIGITS), bounds];
}

function structureBlocks(report: StructureReport, full: boolean): readonly Block[] {
  const { top, method, size, importance, cutSets, mission, uncertainty, notes = [] } = report;
  const { blocks, gates, nodes } = size;
  return [
    table(['~', '>'], topRows(report)),
    line(
      method === 'exact'
        ? `Exact: ${counted(blocks, 'block')}, ${counted(gates, 'gate')}, decision diagram of ${counted(nodes, 'node')}.`
        : `Bounds only: the decision diagram of ${counted(blocks, 'block')} does not fit. The values are those of the upper bound.`,
      method === 'exact' ? undefined : 'open',
    ),
    ...(notes.length === 0 ? [] : [list(notes)]),
    ...(importance.length === 0 ? [] : importanceBlocks(importance, full)),
    ...(cutSets === undefined ? [] : cutSetBlocks(cutSets, top.unavailability, full)),
    ...(mission === undefined ? [] : missionBlocks(mission)),
    ...(uncertainty === undefined ? [] : uncertaintyBlocks(uncertainty, full)),
  ];
}

function topRows({ top, lo, hi }: StructureReport): readonly (readonly Cell[])[] {
  const { unavailability, nines, dpm, frequencyPerYear, mtbfHours, mutHours, mdtHours } = top;
  const optional = (name: string, value: number | undefined, print: (value: number) => string): readonly Cell[][] =>
    value === undefined ? [] : [[name, print(value)]];
  return [
    ['availability', `${printComplement(unavailability)} %`],
    ['nines', printNumber(nines, 7)],
    ['unavailability', printNumber(unavailability, DIGITS)],
    ...optional('at least', lo, (value) => printNumber(value, DIGITS)),
    ...optional('at most', hi, (value) => printNumber(value, DIGITS)),
    ['downtime (DPM)', `${printNumber(dpm, DIGITS)} s/year`],
    ...optional('outages', frequencyPerYear, (value) => `${printNumber(value)} 1/year`),
    ...optional('mean time between failures', mtbfHours, hours),
    ...optional('mean up time', mutHours, hours),
    ...optional('mean down time', mdtHours, hours),
  ];
}

function counted(count: number, noun: string): string {
  return `${printCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function hours(value: number): string {
  return `${printNumber(value)} h`;
}

function importanceBlocks(importance: readonly BlockImportance[], full: boolean): readonly Block[] {
  const sorted = [...importance].sort((a, b) => Math.abs(b.criticality) - Math.abs(a.criticality));
  const shown = full ? sorted : sorted.slice(0, BRIEF);
  return [
    heading(2, `Importance${more(shown.length, sorted.length, 'blocks')}`),
    table(
      ['block~', '>Birnbaum', '>criticality', '>RAW', '>RRW', '>potential'],
      shown.map(({ block, birnbaum, criticality, raw, rrw, improvementPotential }) => [
        block,
        printNumber(birnbaum),
        printNumber(criticality),
        printNumber(raw),
        printNumber(rrw),
        printNumber(improvementPotential),
      ]),
    ),
    line(
      'Criticality is also the Fussell–Vesely importance; potential is the unavailability that a perfect block saves.',
    ),
  ];
}

function cutSetBlocks(
  { count, countExact, byOrder, truncatedAt, top }: CutSetSummary,
  q: number,
  full: boolean,
): readonly Block[] {
  const orders = byOrder.flatMap((ways, order) => (ways === 0 ? [] : [[`${order}`, printNumber(ways, 15)]]));
  const limit = truncatedAt === undefined ? '' : ` of up to ${truncatedAt} blocks`;
  const shown = full ? top : top.slice(0, BRIEF);
  return [
    heading(2, `Minimal cut sets${limit}: ${countExact ?? printCount(count)}`),
    ...(orders.length === 0 ? [] : [table(['>blocks', '>cut sets'], orders)]),
    ...(shown.length === 0 ? [] : [heading(3, 'The most probable'), cutSetTable(shown, q)]),
    ...(top.length === count && count > 1 ? [addedLine(top, q)] : []),
  ];
}

/** What adding up says beside the exact value (B-35). */
function addedLine(top: CutSetSummary['top'], q: number): Block {
  const sum = top.reduce((total, { probability }) => total + probability, 0);
  const over = printNumber(100 * (sum / q - 1), 2);
  return line(`Added up: ${printNumber(sum * SECONDS_PER_YEAR)} s/year, ${over} % more than the exact downtime.`);
}

function cutSetTable(shown: CutSetSummary['top'], q: number): Block {
  return table(
    ['>probability', '>of the whole', 'blocks~'],
    shown.map(({ blocks, probability }) => [
      printNumber(probability),
      printShare(probability, q),
      blocks.join(' and '),
    ]),
  );
}

function missionBlocks(mission: readonly MissionPoint[]): readonly Block[] {
  return [
    heading(2, 'Over time, from everything up'),
    table(
      ['>time', '>down then', '>down until then', '>failures', '>failed once', 'between~'],
      mission.map(({ hours, unavailability, intervalUnavailability, expectedFailures, failureProbability }) => {
        const { value, lo, hi } = failureProbability;
        return [
          printDuration(hours * 3_600),
          printNumber(unavailability, 5),
          printNumber(intervalUnavailability, 5),
          printNumber(expectedFailures, 5),
          printNumber(value, 5),
          lo === hi ? 'exact' : `${printNumber(lo, 3)} … ${printNumber(hi, 3)}`,
        ];
      }),
    ),
    line(
      'Probability of being down at that time, mean share of the time until then, expected failures, and chance of at least one failure: the value of Vesely between bounds.',
    ),
  ];
}

function uncertaintyBlocks(uncertainty: NonNullable<StructureReport['uncertainty']>, full: boolean): readonly Block[] {
  const { mean, standardDeviation, quantiles, draws, seed, tornado } = uncertainty;
  const bars = full ? tornado : tornado.slice(0, BRIEF);
  return [
    heading(2, 'Uncertainty of the parameters'),
    table(
      ['', '>unavailability'],
      [
        ['mean', printNumber(mean)],
        ['standard deviation', printNumber(standardDeviation)],
        ...quantiles.map(({ p, unavailability }) => [
          `${printNumber(100 * p)} % quantile`,
          printNumber(unavailability, 5),
        ]),
      ],
    ),
    line(`Latin hypercube of ${printCount(draws)} draws, seed ${seed}.`),
    heading(3, `One at a time${more(bars.length, tornado.length, 'parameters')}`),
    table(
      ['parameter~', '>at its 5 %', '>at its 95 %', '>apart'],
      bars.map(({ parameter, low, high }) => [
        parameter,
        printNumber(low),
        printNumber(high),
        printNumber(Math.abs(high - low)),
      ]),
    ),
  ];
}

function more(shown: number, all: number, noun: string): string {
  return shown < all ? `, the first ${printCount(shown)} of ${printCount(all)} ${noun}` : '';
}
