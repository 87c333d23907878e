import type { Plan, PlanSettings, PlanTarget, SweepValues, Tornado, Variation } from '../../index.ts';
import { EXIT } from '../exit-code.ts';
import { interruptibly } from '../interruptible.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { progressDisplay } from '../progress.ts';
import { countFrom, optionValue, positiveNumber, properShare, repeated, wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Api, LoadedFile, Session } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface PlanCommandOptions extends ScenarioOptions, Omit<OutputOptions, 'quiet'> {
  readonly vary?: readonly string[];
  readonly target?: string;
  readonly cost?: readonly string[];
  readonly tornado?: true;
  readonly service?: string;
  readonly factor?: number;
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly precision?: string;
  readonly error?: string;
  readonly simulate?: true;
  readonly progress?: true;
  readonly quiet?: true;
}

const COVERAGE = 'groups.pair.detection.coverage=90%..100%';

export const plan: CommandDefinition = {
  name: 'plan',
  summary:
    'which value, or which cheapest mix of values, meets a target; --tornado: which parameter moves the downtime',
  examples: [
    `plan scenarios/pair-chain.yaml --vary ${COVERAGE} --target 'pair:dpm:850 s/year'`,
    'plan scenarios/fm-cycle.yaml --variant weekly-2 --vary repair.weekly.spares=1..5 --target weekly:exhaustion:0.1%',
    'plan scenarios/pair-chain.yaml --tornado',
  ],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<file>', 'scenario; - for standard input')))
      .option(
        '--vary <path=lo..hi>',
        'what may be changed: a range, or options path=a,b,c; may be repeated',
        repeated(String),
      )
      .option(
        '--target <text>',
        'of:metric:limit as in targets, or policy:exhaustion:share; default: the first of the file',
      )
      .option('--cost <path=a,b,c>', 'what each option costs, or one price per unit; may be repeated', repeated(String))
      .option('--tornado', 'move each parameter alone and rank them by how far the downtime follows')
      .option('--service <id>', 'whose downtime, with --tornado; default: the first')
      .option(
        '--factor <number>',
        'with --tornado and without --vary: how far everything is moved; default 2',
        positiveNumber,
      )
      .option('--seed <text>', 'seed of all randomness; the same seed gives the same bytes')
      .option('--years <number>', 'simulated years per history', positiveNumber)
      .option('--histories <count>', 'most histories of one trial', countFrom(2))
      .option('--precision <share>', 'how far a range is narrowed down where it is simulated; default 1%')
      .option('--error <share>', 'chance that any verdict is wrong; default 5%')
      .option('--simulate', 'simulate even what is known exactly')
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (file: string, options: PlanCommandOptions) => {
        session.code = await planFile(file, options, session);
      });
  },
};

async function planFile(file: string, options: PlanCommandOptions, session: Session): Promise<number> {
  await checkOutput(options);
  const api = await session.api();
  const { set = [], seed, years, histories, precision, error, simulate } = options;
  const common = {
    ...(seed === undefined ? {} : { seed }),
    ...(years === undefined ? {} : { years }),
    ...(histories === undefined ? {} : { histories }),
    ...(simulate === undefined ? {} : { exact: false }),
  };
  const settings = {
    ...common,
    ...(precision === undefined ? {} : { precision: properShare('--precision', precision, api) }),
    ...(error === undefined ? {} : { error: properShare('--error', error, api) }),
  };
  const vary = (options.vary ?? []).map((text) => api.parseVariation(text));
  const base = await loadFile(file, options, session);
  const values = (of: SweepValues): string[] => Object.entries(of).map(([path, value]) => `${path}=${value}`);
  const load = (of: SweepValues): Promise<LoadedFile> =>
    loadFile(file, { ...options, quiet: true, set: [...set, ...values(of)] }, session);
  const display = progressDisplay(session.io, options);
  const work = async (conduct: object): Promise<Plan | Tornado> => {
    const told = { ...conduct, onProgress: display.update, load };
    if (options.tornado === true) {
      const service = options.service ?? Object.keys(base.scenario.services)[0] ?? '';
      const parameters = parametersOf(vary, base, options.factor ?? 2, api);
      return api.tornado(base, { ...common, ...told, service, parameters });
    }
    const target = await targetOf(file, options, base, session);
    const costs = costsOf(options.cost ?? [], api);
    const asked: PlanSettings = { ...settings, ...told, target, vary, costs };
    return api.plan(base, asked);
  };
  return interruptibly(
    session,
    (conduct) => work(conduct).finally(display.end),
    async (found) => {
      await emit(found, options, session);
      if (found.format === 'carriergrade/tornado/1') return EXIT.met;
      return { pass: EXIT.met, fail: EXIT.missed, undecided: EXIT.undecided }[found.verdict];
    },
  );
}

/** The ends of the ranges named, or every value of the scenario moved by a factor. */
function parametersOf(vary: readonly Variation[], base: LoadedFile, factor: number, api: Api) {
  if (vary.length === 0) return api.factorParameters(base.explained, factor);
  return vary.map((one) => {
    const value = base.explained.find(({ path }) => path === one.path)?.value ?? '';
    if (one.kind === 'range') return { path: one.path, value, low: one.from, high: one.to };
    if (one.values.length < 2) return wrongOption('--vary', `${one.path} needs two values at least`, api);
    return { path: one.path, value, low: one.values[0]!, high: one.values[one.values.length - 1]! };
  });
}

async function targetOf(
  file: string,
  options: PlanCommandOptions,
  base: LoadedFile,
  session: Session,
): Promise<PlanTarget> {
  const api = await session.api();
  const text = options.target;
  if (text === undefined) {
    const first = base.scenario.targets.find(({ level }) => level === 'error') ?? base.scenario.targets[0];
    if (first !== undefined) return first;
    return wrongOption(
      '--target',
      'the scenario states none',
      api,
      'bad-use',
      "for example --target 'voice:dpm:31.5 s/year'",
    );
  }
  const found = /^(.+?)(?:\s+|:)([A-Za-z]+)(?:\s+|:)(.+)$/.exec(text.trim());
  if (found === null) return wrongOption('--target', `expected of:metric:limit, got "${text}"`, api);
  const [, of, metric, limit] = found as unknown as [string, string, string, string];
  if (metric === 'exhaustion') {
    if (base.scenario.repair[of]?.spares === undefined) {
      const policies = Object.entries(base.scenario.repair).filter(([, { spares }]) => spares !== undefined);
      const hint = `policies with spares: ${policies.map(([id]) => id).join(', ') || 'none'}`;
      return wrongOption('--target', `there is no repair policy "${of}" with spares`, api, 'dangling-reference', hint);
    }
    return { of, metric, limit: optionValue('--target', api.parseProbability(limit), api).probability, text: limit };
  }
  // The reader of scenarios knows metrics, units and names.
  const written = `targets=[{ of: "${of}", metric: "${metric}", limit: "${limit}" }]`;
  const { scenario } = await loadFile(
    file,
    { ...options, quiet: true, set: [...(options.set ?? []), written] },
    session,
  );
  return scenario.targets[0]!;
}

function costsOf(texts: readonly string[], api: Api): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      const costs = text
        .slice(at + 1)
        .split(',')
        .map(Number);
      const isGood = at > 0 && text.length > at + 1 && costs.every((cost) => Number.isFinite(cost) && cost >= 0);
      return isGood
        ? [text.slice(0, at).trim(), costs]
        : wrongOption('--cost', `expected path=a,b,c, got "${text}"`, api);
    }),
  );
}
