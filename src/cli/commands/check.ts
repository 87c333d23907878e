import { appendFile } from 'node:fs/promises';
import type { Baseline, CheckedScenario, CheckOptions, CheckReport, CheckSubject, FinishedWork } from '../../index.ts';
import { EnvironmentError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { interruptibly } from '../interruptible.ts';
import { KeptWork } from '../kept-work.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions, writeText } from '../output.ts';
import { PartialFile } from '../partial.ts';
import { progressDisplay } from '../progress.ts';
import { countFrom, positiveDuration, positiveNumber, properShare, wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Api, Session } from '../session.ts';
import { tellKept } from '../simulation.ts';
import type { CommandDefinition } from './command.ts';

/** Formats that only a check has. */
const CI_FORMATS = ['junit', 'github', 'openmetrics'] as const;
type CiFormat = (typeof CI_FORMATS)[number];

interface CheckCommandOptions extends ScenarioOptions, Omit<OutputOptions, 'format' | 'quiet'> {
  readonly format?: OutputOptions['format'] | CiFormat;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly precision?: string;
  readonly maxTime?: string;
  readonly error?: string;
  readonly tolerance?: string;
  readonly detect?: string;
  readonly simulate?: true;
  readonly junit?: string;
  readonly openmetrics?: string;
  readonly progress?: true;
  readonly quiet?: true;
}

export const check: CommandDefinition = {
  name: 'check',
  summary:
    'gate for continuous integration: targets, and downtime against a baseline, decided as soon as it is certain',
  examples: [
    'check scenarios/active-standby.yaml',
    'check scenarios/active-standby.yaml scenarios/rbd-vs-des.yaml --format junit',
    'check scenarios/active-standby.yaml --set groups.sbc.detection.coverage=95% --format github',
  ],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<files...>', 'scenarios')), CI_FORMATS)
      .option('--baseline <file>', 'hold the downtime of every service against what it was when this file was written')
      .option('--update-baseline', 'write that file instead, keeping other scenarios in it')
      .option('--seed <text>', 'seed of all randomness; the same seed gives the same bytes')
      .option('--years <number>', 'simulated years per history', positiveNumber)
      .option(
        '--histories <count>',
        'most histories of each scenario; default 10 000 or those of the baseline',
        countFrom(2),
      )
      .option('--precision <share>', 'leave undecided what is this narrow and still holds its limit, for example 1%')
      .option('--max-time <time>', 'leave undecided what is open after this time, for each scenario')
      .option('--error <share>', 'chance that anything is wrongly missed; default 5%')
      .option('--tolerance <share>', 'increase of the downtime that is no regression; default 1%')
      .option('--detect <share>', 'increase that is found; default 5%')
      .option('--simulate', 'simulate even what is known without')
      .option('--junit <file>', 'also write JUnit XML')
      .option('--openmetrics <file>', 'also write OpenMetrics')
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (files: readonly string[], options: CheckCommandOptions) => {
        session.code = await checkFiles(files, options, session);
      });
  },
};

async function checkFiles(files: readonly string[], options: CheckCommandOptions, session: Session): Promise<number> {
  const { junit, openmetrics, baseline: stored, updateBaseline } = options;
  for (const output of [options.output, junit, openmetrics, updateBaseline === true ? stored : undefined]) {
    if (output !== undefined) await checkOutput({ output });
  }
  const api = await session.api();
  if (updateBaseline === true && stored === undefined) {
    return wrongOption('--update-baseline', 'say which file with --baseline', api, 'bad-use');
  }
  const overrides = optionsOf(options, api);
  const subjects = await subjectsOf(files, options, session);
  const before = stored === undefined ? undefined : await storedBaseline(stored, updateBaseline === true, api);
  if (before !== undefined && updateBaseline !== true) requireCommonScenario(subjects, before, stored!, api);
  const display = progressDisplay(session.io, options);
  const partial = PartialFile.beside(options.output);
  const found = await partial?.read();
  const kept = found === undefined ? undefined : api.readCheckedScenarios(found);
  let underWay: KeptWork | undefined;
  const work: CheckOptions['work'] = async (subject, plan) => {
    underWay = partial === undefined ? undefined : await KeptWork.of(partial, subject, plan, session);
    return underWay ?? NO_WORK;
  };
  const keep = async (key: string, done: CheckedScenario): Promise<void> => {
    underWay = undefined;
    if (subjects.length > 1) await partial?.append(api.printFinished(key, done), 'what is finished');
  };
  const resumed = { onScenario: keep, work, ...(kept === undefined ? {} : { finished: kept }) };
  const told = { onProgress: display.update };
  return interruptibly(
    session,
    async (conduct) => {
      const held = updateBaseline === true || before === undefined ? {} : { baseline: before };
      const report = await api
        .check(subjects, { ...overrides, ...held, ...conduct, ...told, ...resumed })
        .finally(display.end)
        .finally(() => underWay?.flush());
      if (updateBaseline !== true) return report;
      const taken = await api.baseline(subjects, { ...overrides, ...conduct, ...told }, before).finally(display.end);
      await writeText(`${JSON.stringify(taken, null, 2)}\n`, stored, session);
      return report;
    },
    async (report) => {
      const isWhole =
        report.scenarios.length === subjects.length && report.scenarios.every(({ run }) => run.stop !== 'interrupted');
      await writeReports(report, options, session);
      if (isWhole) await partial?.remove();
      else if (partial !== undefined && report.scenarios.length > 0) tellKept('finished histories', partial, session);
      return CODES[report.verdict];
    },
  );
}

/** Nothing is known, nothing kept. */
const NO_WORK: FinishedWork = { find: () => undefined, keep: () => {} };

const CODES = { pass: EXIT.met, fail: EXIT.missed, undecided: EXIT.undecided } as const;

async function writeReports(report: CheckReport, options: CheckCommandOptions, session: Session): Promise<void> {
  const { format, junit, openmetrics, ...rest } = options;
  const api = await session.api();
  const ciTexts: Readonly<Record<CiFormat, () => string | Promise<string>>> = {
    junit: () => api.checkJunit(report),
    github: () => api.checkAnnotations(report),
    openmetrics: () => api.checkOpenMetrics(report),
  };
  if (isCiFormat(format)) await writeText(await ciTexts[format](), options.output, session);
  else await emit(report, { ...rest, ...(format === undefined ? {} : { format }) }, session);
  if (junit !== undefined) await writeText(await ciTexts.junit(), junit, session);
  if (openmetrics !== undefined) await writeText(await ciTexts.openmetrics(), openmetrics, session);
  const { env, stderr } = session.io;
  if (env['GITHUB_ACTIONS'] === 'true' && format !== 'github') stderr.write(await ciTexts.github());
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  await appendFile(summary, api.render(report, { format: 'markdown' })).catch((error: Error) => {
    throw new EnvironmentError(`cannot write the summary of the job: ${error.message}`);
  });
}

function isCiFormat(format: CheckCommandOptions['format']): format is CiFormat {
  return CI_FORMATS.some((one) => one === format);
}

/** A baseline that knows none of the scenarios is the wrong file: a gate that compares nothing would always be met. */
function requireCommonScenario(
  subjects: readonly CheckSubject[],
  { scenarios }: Baseline,
  stored: string,
  api: Api,
): void {
  if (subjects.some(({ label }) => scenarios[label] !== undefined)) return;
  const known = Object.keys(scenarios);
  const has = known.length === 0 ? 'nothing' : known.slice(0, MOST_NAMED).join(', ');
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  const message = `${stored} knows none of ${subjects.map(({ label }) => label).join(', ')}; it knows ${has}${more}`;
  const hint = 'name the baseline of these scenarios, or take them in with --update-baseline';
  wrongOption('--baseline', message, api, 'bad-baseline', hint);
}

const MOST_NAMED = 5;

async function storedBaseline(file: string, mayBeNew: boolean, api: Api): Promise<Baseline | undefined> {
  let text: string;
  try {
    text = api.readTextFile(file);
  } catch (error) {
    if (mayBeNew) return undefined;
    throw error;
  }
  return api.readBaseline(text, file);
}

async function subjectsOf(
  files: readonly string[],
  options: CheckCommandOptions,
  session: Session,
): Promise<readonly CheckSubject[]> {
  const { variant } = options;
  const subjects: CheckSubject[] = [];
  for (const file of files) {
    const { scenario, digest } = await loadFile(file, options, session);
    const label = variant === undefined ? scenario.name : `${scenario.name}#${variant}`;
    const other = subjects.find((one) => one.label === label);
    if (other !== undefined) {
      const message = `${other.file} and ${file} are both called ${label}`;
      return wrongOption('check', message, await session.api(), 'duplicate-name', 'give one of them another name: key');
    }
    subjects.push({ label, file, scenario, digest });
  }
  return subjects;
}

function optionsOf(options: CheckCommandOptions, api: Api): CheckOptions {
  const { seed, years, histories, maxTime, simulate } = options;
  const shares = (['precision', 'error', 'tolerance', 'detect'] as const).flatMap((key) => {
    const text = options[key];
    return text === undefined ? [] : [[key, properShare(`--${key}`, text, api)] as const];
  });
  const found: Partial<Record<(typeof shares)[number][0], number>> = Object.fromEntries(shares);
  const { tolerance = 0.01, detect = 0.05 } = found;
  if (tolerance >= detect) {
    wrongOption(
      '--tolerance',
      `an increase of ${tolerance} cannot be tolerated when one of ${detect} is to be found`,
      api,
    );
  }
  return {
    ...found,
    ...(seed === undefined ? {} : { seed }),
    ...(years === undefined ? {} : { years }),
    ...(histories === undefined ? {} : { histories }),
    ...(maxTime === undefined ? {} : { maxTime: positiveDuration('--max-time', maxTime, api) }),
    ...(simulate === undefined ? {} : { exact: false }),
  };
}
