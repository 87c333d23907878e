import type { ChainReport, Output, Problem, StructureOptions, StructureReport, StructuresReport } from '../../index.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { countFrom, positiveDuration, repeated, wrongOption } from '../quantities.ts';
import type { Calculators } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface RbdOptions extends OutputOptions {
  readonly importance?: true;
  /** Largest order, or true for all. */
  readonly cutSets?: number | true;
  readonly mission?: readonly string[];
  /** Draws, or true for the usual number. */
  readonly uncertainty?: number | true;
  readonly seed: string;
  readonly top?: string;
  readonly each?: true;
  /** False with `--no-common-causes`. */
  readonly commonCauses: boolean;
}

/** Draws are kept until the quantiles are known. */
const MOST_DRAWS = 1_000_000;

interface ModelFile {
  readonly file: string;
  readonly text: string;
}

export const rbd: CommandDefinition = {
  name: 'rbd',
  summary: 'a block diagram, Markov chain or Open-PSA fault tree, solved exactly',
  examples: [
    'rbd scenarios/seed-tables/second-diagram.yaml --importance --cut-sets',
    'rbd scenarios/seed-tables/leaf-spine.yaml --mission 1000h --mission 1year',
    'rbd scenarios/chains/active-standby.yaml --mission 1h --mission 1year',
    'rbd scenarios/fault-trees/two-regions.xml --importance --cut-sets 3',
    'rbd scenarios/fault-trees/two-regions.xml --uncertainty 500 --format csv',
    'rbd --each scenarios/seed-tables/quorum.yaml scenarios/fault-trees/two-regions.xml --format csv',
  ],
  define: (command, session) => {
    withOutputOptions(
      command.argument('<files...>', 'a diagram or chain (YAML), or the files of one Open-PSA model (XML)'),
    )
      .option('--importance', 'importance measures of every block')
      .option('--cut-sets [order]', 'minimal cut sets, of up to this many blocks', countFrom(1))
      .option(
        '--mission <time>',
        'the course over time: values at this time from everything up; may be repeated. For fault trees: the mission time of their expressions',
        repeated(String),
      )
      .option(
        '--uncertainty [draws]',
        'propagate the error factors of the blocks, and a tornado',
        countFrom(2, MOST_DRAWS),
      )
      .option('--seed <text>', 'seed of the draws', 'k1')
      .option('--top <name>', 'one of several tops of a fault tree model')
      .option('--each', 'every file is a model of its own, not a part of one model')
      .option('--no-common-causes', 'blocks of common cause groups fail independently')
      .action(async (files: readonly string[], options: RbdOptions) => {
        await checkOutput(options);
        const api = await session.calculators();
        const texts = files.map((file) => ({ file, text: api.readTextFile(file) }));
        await emit(await (options.each ? solveEach : solve)(texts, options, api), options, session);
      });
  },
};

/** What the files are is seen from what they hold, not from their names. */
async function solve(files: readonly ModelFile[], options: RbdOptions, api: Calculators): Promise<Output> {
  const xml = files.filter(({ text }) => /^\ufeff?\s*</.test(text));
  if (xml.length === files.length) return solveFaultTrees(files, options, api);
  if (files.length > 1) {
    const [yaml] = files.filter((each) => !xml.includes(each));
    return refuse(yaml!, 'several-models', 'only the files of one Open-PSA model are read together', api);
  }
  const [file] = files as readonly [ModelFile];
  const [, format = ''] = /^[{\s]*"?format"?\s*:\s*["']?([\w/-]+)/m.exec(file.text) ?? [];
  if (format.startsWith('carriergrade/scenario/')) {
    return refuse(file, 'wrong-format', 'this is a scenario', api, `carriergrade analyse ${file.file}`);
  }
  return format.startsWith('carriergrade/chain/') ? solveChain(file, options, api) : solveDiagram(file, options, api);
}

/** Every file as a model of its own, called like the file, all in one report. */
async function solveEach(
  files: readonly ModelFile[],
  options: RbdOptions,
  api: Calculators,
): Promise<StructuresReport> {
  const structures: StructureReport[] = [];
  const eventTrees: StructuresReport['eventTrees'][number][] = [];
  for (const file of files) {
    const solved = await solve([file], options, api);
    if (solved.format === 'carriergrade/structures/1') {
      structures.push(...solved.structures.map((report) => ({ ...report, name: `${file.file} ${report.name}` })));
      eventTrees.push(...solved.eventTrees.map((tree) => ({ ...tree, name: `${file.file} ${tree.name}` })));
    } else if (solved.format === 'carriergrade/structure/1') {
      structures.push({ title: solved.name, ...solved, name: file.file });
    } else refuse(file, 'several-models', 'a Markov chain is reported alone', api);
  }
  return { format: 'carriergrade/structures/1', structures, eventTrees };
}

const IDEAL =
  'A block diagram takes detection and failover for perfect and immediate; a real system is at most this good.';

async function solveDiagram(
  { file, text }: ModelFile,
  options: RbdOptions,
  api: Calculators,
): Promise<StructureReport> {
  if (options.top !== undefined) unused('top', 'a block diagram', api);
  const { title, structure } = await api.loadDiagram(text, { file });
  return { ...api.solveStructure(structure, structureOptions(options, api)), title, notes: [IDEAL] };
}

async function solveChain({ file, text }: ModelFile, options: RbdOptions, api: Calculators): Promise<ChainReport> {
  for (const name of ['importance', 'cutSets', 'uncertainty', 'top'] as const) {
    if (options[name] !== undefined) unused(name, 'a Markov chain', api);
  }
  const chain = await api.loadChain(text, { file });
  return api.solveChain(chain, [...chain.hours, ...missionHours(options, api)]);
}

/** One top alone as a structure; several, or event trees, together. */
function solveFaultTrees(
  files: readonly ModelFile[],
  options: RbdOptions,
  api: Calculators,
): StructureReport | StructuresReport {
  const times = missionHours(options, api);
  if (times.length > 1) wrongOption('--mission', 'a fault tree model has one mission time', api);
  const [missionTimeHours] = times;
  const { tops, eventTrees } = api.readOpenPsa(files, missionTimeHours === undefined ? {} : { missionTimeHours });
  const wanted = options.top === undefined ? tops : tops.filter(({ name }) => name === options.top);
  if (wanted.length === 0 && options.top !== undefined) {
    const names = tops.map(({ name }) => name).join(', ');
    wrongOption('--top', `there is no top "${options.top}"`, api, 'unknown-top', `tops are ${names}`);
  }
  const { missionHours: _none, ...analysis } = structureOptions(options, api);
  const structures = wanted.map(({ structure }) => api.solveStructure(structure, analysis));
  if (structures.length === 1 && (eventTrees.length === 0 || options.top !== undefined)) return structures[0]!;
  return {
    format: 'carriergrade/structures/1',
    structures,
    eventTrees: eventTrees.map((tree) => ({
      name: tree.name,
      initiatingEvent: tree.initiatingEvent,
      sequences: api.analyseEventTree(tree, analysis),
    })),
  };
}

function structureOptions(options: RbdOptions, api: Calculators): StructureOptions {
  const { importance = false, cutSets, uncertainty, seed, commonCauses } = options;
  return {
    importance,
    cutSets: cutSets === undefined ? false : cutSets === true ? {} : { maximumOrder: cutSets },
    commonCauses,
    missionHours: missionHours(options, api),
    ...(uncertainty === undefined
      ? {}
      : { uncertainty: { seed, ...(uncertainty === true ? {} : { draws: uncertainty }) } }),
  };
}

function missionHours({ mission = [] }: RbdOptions, api: Calculators): readonly number[] {
  return mission.map((text) => positiveDuration('--mission', text, api) / 3_600);
}

function unused(option: string, what: string, api: Calculators): never {
  const name = `--${option.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`;
  return wrongOption(name, `does not go with ${what}`, api, 'unused-option');
}

function refuse({ file }: ModelFile, code: string, message: string, { InputError }: Calculators, hint?: string): never {
  const problem: Problem = { level: 'error', code, message, place: { file, line: 1, column: 1 } };
  throw new InputError([hint === undefined ? problem : { ...problem, hint }]);
}
