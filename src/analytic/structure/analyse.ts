import { InputError, type Problem } from '../../model/problem.ts';
import type { CutSetSummary, Structure, StructureResult } from '../../model/structure.ts';
import { HOURS_PER_YEAR, nines, SECONDS_PER_YEAR } from '../../model/time.ts';
import { topBounds } from './bounds/bounds.ts';
import { expandCommonCauses } from './commoncause.ts';
import { completeNetworks } from './complete.ts';
import { criticalities } from './criticality.ts';
import { countByOrder } from './cutsets/count.ts';
import { cutSetFamilies } from './cutsets/families.ts';
import { largestCutSets } from './cutsets/largest.ts';
import { derivatives } from './derivative.ts';
import { add, type DoubleDouble } from './doubledouble.ts';
import { type Probabilities, probabilities } from './evaluate.ts';
import type { Graph } from './graph/graph.ts';
import { importances } from './importance.ts';
import { type PartialSolution, prepare, type Solution, solve } from './solve.ts';

export interface CutSetOptions {
  /** Largest order looked at; default: all. */
  readonly maximumOrder?: number;
  /** Cut sets to list; default 20. */
  readonly list?: number;
  /** Cut sets less probable than this are counted but not listed; default 0. */
  readonly cutOff?: number;
  /** Nodes a family of cut sets may take before smaller orders are tried instead; default 2 million. */
  readonly nodeLimit?: number;
}

export interface AnalyseOptions {
  /** Nodes a diagram may take under any one variable order before bounds are given instead; default 12 million. */
  readonly nodeLimit?: number;
  /** Work put into bounds when they are needed: regions of the probability space to settle; default 20 000. */
  readonly boundsEffort?: number;
  /** Importance measures of all blocks; default true. */
  readonly importance?: boolean;
  /** Minimal cut sets; false for none. */
  readonly cutSets?: CutSetOptions | false;
  /** Whether common cause groups act; without them members fail independently. Default true. */
  readonly commonCauses?: boolean;
}

const NODE_LIMIT = 12_000_000;
/** Nodes a network's diagram may take before one for the probabilities at hand is tried. */
const NETWORK_LIMIT = 2_500_000;
const BOUNDS_EFFORT = 20_000;
const CUT_SET_NODE_LIMIT = 2_000_000;
const LISTED_CUT_SETS = 20;

/**
 * Analyses a structure of independent blocks exactly: unavailability, frequency, importance, minimal cut sets. The
 * unavailability is right to about 12 digits whatever its size. Networks beyond a full diagram get one that leaves out
 * what cannot change the last digit of their unavailability; measures of elements that matter less than that are then 0. When no variable order keeps the decision diagram within
 * `nodeLimit`, the method is "bounds" and the true value lies in [lo, hi].
 *
 * @throws InputError for probabilities outside [0, 1], cyclic or malformed gates and impossible common cause groups
 */
export function analyseStructure(structure: Structure, options: AnalyseOptions = {}): StructureResult {
  checkBlocks(structure);
  const expanded = options.commonCauses === false ? structure : expandCommonCauses(structure);
  const unavailability = Float64Array.from(expanded.blocks, (block) => block.unavailability);
  const solution = solveFor(prepare(expanded), unavailability, options.nodeLimit ?? NODE_LIMIT);
  const size = { blocks: expanded.blocks.length, gates: expanded.gates.length, nodes: solution.diagramNodes };
  const format = 'carriergrade/structure/1';
  if ('parts' in solution) {
    const { lo, hi } = topBounds(solution, unavailability, options.boundsEffort ?? BOUNDS_EFFORT);
    return { format, top: pointMeasures({ hi, lo: 0 }), method: 'bounds', lo, hi, importance: [], size };
  }
  const p = probabilities(solution, unavailability);
  const top = topOf(solution, p);
  const withImportance = options.importance !== false;
  const withFrequency = expanded.blocks.some(({ frequencyPerHour }) => frequencyPerHour !== undefined);
  const derivative = withImportance || withFrequency ? derivatives(solution, p) : undefined;
  const frequency =
    derivative === undefined || !withFrequency ? undefined : frequencyPerHour(expanded, solution, p, derivative);
  const cutSets = options.cutSets === false ? undefined : summary(expanded, solution, unavailability, options.cutSets);
  return {
    format,
    top: { ...pointMeasures(top), ...(frequency === undefined ? {} : cycleMeasures(top, frequency)) },
    method: 'exact',
    importance: withImportance && derivative !== undefined ? importances(expanded.blocks, top, derivative) : [],
    ...(cutSets === undefined ? {} : { cutSets }),
    size,
  };
}

/**
 * A solution good for these probabilities. A network too large for its full diagram mostly has a small one of all that
 * matters, so that is tried before the full node limit is spent on it.
 */
function solveFor(graph: Graph, unavailability: Float64Array, nodeLimit: number): Solution | PartialSolution {
  const quick = solve(graph, nodeLimit, Math.min(nodeLimit, NETWORK_LIMIT));
  if (!('parts' in quick)) return quick;
  const completed = completeNetworks(quick, unavailability, Math.min(nodeLimit, NETWORK_LIMIT));
  if (completed !== undefined || nodeLimit <= NETWORK_LIMIT) return completed ?? quick;
  const hasNetwork = quick.parts.some((part) => 'module' in part && graph.networks.has(part.root));
  return hasNetwork ? solve(graph, nodeLimit) : quick;
}

/** Unavailability of the top as a double-double. */
function topOf(solution: Solution | PartialSolution, p: Probabilities): DoubleDouble {
  const out = { hi: p.failed.hi[solution.top]!, lo: p.failed.lo[solution.top]! };
  if (solution.complemented) add(1, 0, -out.hi, -out.lo, out);
  return out;
}

function pointMeasures(top: DoubleDouble): StructureResult['top'] {
  const unavailability = top.hi;
  const out = { hi: 0, lo: 0 };
  add(1, 0, -top.hi, -top.lo, out);
  return { unavailability, availability: out.hi, nines: nines(unavailability), dpm: unavailability * SECONDS_PER_YEAR };
}

/** ν = Σ P(block is critical)·ν(block); exact for independent blocks of any laws (methods: insensitivity). */
function frequencyPerHour(
  structure: Structure,
  solution: Solution,
  p: Probabilities,
  derivative: ReturnType<typeof derivatives>,
): number | undefined {
  const critical = criticalities(solution, p, derivative);
  if (critical === undefined) return undefined;
  let frequency = 0;
  for (let block = 0; block < structure.blocks.length; block++) {
    const weight = critical[block + 1]!;
    if (weight === 0) continue;
    const own = structure.blocks[block]!.frequencyPerHour;
    if (own === undefined) return undefined;
    frequency += weight * own;
  }
  return frequency;
}

function cycleMeasures(top: DoubleDouble, frequency: number): Partial<StructureResult['top']> {
  if (frequency === 0) return { frequencyPerYear: 0 };
  const { availability } = pointMeasures(top);
  return {
    frequencyPerYear: frequency * HOURS_PER_YEAR,
    mtbfHours: 1 / frequency,
    mutHours: availability / frequency,
    mdtHours: top.hi / frequency,
  };
}

function summary(
  structure: Structure,
  solution: Solution,
  unavailability: Float64Array,
  options: CutSetOptions = {},
): CutSetSummary | undefined {
  const { maximumOrder = Number.POSITIVE_INFINITY, list = LISTED_CUT_SETS, cutOff = 0 } = options;
  const trivial = trivialCutSets(structure, solution, unavailability);
  if (trivial !== undefined) return trivial;
  const families = cutSetFamilies(solution, maximumOrder, options.nodeLimit ?? CUT_SET_NODE_LIMIT);
  if (families === undefined) return undefined;
  const { counts, maximumOrder: counted } = countByOrder(families.modules, families.maximumOrder);
  const count = counts.reduce((sum, ways) => sum + ways, 0n);
  return {
    count: Number(count),
    ...(count > Number.MAX_SAFE_INTEGER ? { countExact: count.toString() } : {}),
    byOrder: counts.map(Number),
    ...(Number.isFinite(counted) ? { truncatedAt: counted } : {}),
    top: largestCutSets(families.modules, unavailability, list, cutOff).map(({ blocks, probability }) => ({
      blocks: blocks.map((block) => structure.blocks[block]!.name),
      probability,
    })),
  };
}

/** Cut sets of a top that is a constant, a block, or failed with every block up. */
function trivialCutSets(
  structure: Structure,
  { top, complemented, modules }: Solution,
  unavailability: Float64Array,
): CutSetSummary | undefined {
  if (complemented) return { count: 1, byOrder: [1], top: [{ blocks: [], probability: 1 }] };
  if (top === 0) return { count: 0, byOrder: [], top: [] };
  if (modules.length > 0) return undefined;
  const single = { blocks: [structure.blocks[top - 1]!.name], probability: unavailability[top - 1]! };
  return { count: 1, byOrder: [0, 1], top: [single] };
}

function checkBlocks(structure: Structure): void {
  const problems: Problem[] = [];
  const complain = (message: string): void => {
    problems.push({ level: 'error', code: 'impossible-value', message });
  };
  for (const { name, unavailability, frequencyPerHour } of structure.blocks) {
    if (!(unavailability >= 0 && unavailability <= 1)) {
      complain(`Block "${name}": unavailability ${unavailability} is outside 0 … 1.`);
    }
    if (frequencyPerHour !== undefined && !(frequencyPerHour >= 0 && frequencyPerHour < Number.POSITIVE_INFINITY)) {
      complain(`Block "${name}": frequency ${frequencyPerHour} per hour is not a finite number ≥ 0.`);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
}
