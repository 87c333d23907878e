import type { Injection } from '../../index.ts';
import { asksForCampaign, type CampaignOptions, campaignCode, planOf, withCampaignOptions } from '../campaign.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { optionValue, repeated, wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Api, LoadedFile } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface InjectOptions extends ScenarioOptions, OutputOptions, CampaignOptions {
  readonly element?: string;
  readonly mode?: string;
  readonly script?: string;
  readonly also?: readonly string[];
  readonly quiet?: true;
}

export const inject: CommandDefinition = {
  name: 'inject',
  summary: 'one fault, step by step and without randomness: who does what, when, and whether MANO is needed',
  examples: [
    'inject scenarios/active-standby.yaml --element sbc/active',
    "inject scenarios/active-standby.yaml --element sbc/active --also 'vim@-60s..120s'",
    'inject scenarios/active-standby.yaml --script mano-down --format markdown',
    'inject scenarios/fm-timeline.yaml --element core/compute-1 --mode hw --format csv',
    'inject scenarios/active-standby.yaml --single',
    'inject scenarios/active-standby.yaml --pairs --gap exposure --format csv',
    'inject scenarios/active-standby.yaml --random 3 --runs 20 --seed k1',
  ],
  define: (command, session) => {
    withOutputOptions(
      withCampaignOptions(withScenarioOptions(command.argument('<file>', 'scenario; - for standard input'))),
    )
      .option(
        '--element <name>',
        'what fails at time 0: an element, <group>/active, <group>/standby or a control function',
      )
      .option('--mode <id>', 'how it fails; default: its first failure mode')
      .option('--script <name>', 'a script of the scenario (injections) instead of one element')
      .option(
        '--also <fault>',
        'one more fault: element[:mode]@time or element[:mode]@from..until, may be repeated',
        repeated(String),
      )
      .action(async (file: string, options: InjectOptions) => {
        const { element, mode, script } = options;
        if (asksForCampaign(options, (message) => command.error(message))) {
          if ((element ?? mode ?? script ?? options.also) !== undefined)
            command.error(
              "error: a campaign injects every fault; leave '--element', '--script', '--mode' and '--also' away",
            );
          await checkOutput(options);
          const api = await session.api();
          const loaded = await loadFile(file, options, session);
          const report = api.campaign(loaded, planOf(options, loaded.scenario, api), { each: options.each === true });
          await emit(report, options, session);
          session.code = campaignCode(report);
          return;
        }
        if ((element === undefined) === (script === undefined)) {
          command.error(
            "error: name what fails: '--element <name>', '--script <name>' or a campaign: '--single', '--pairs', '--random <k>'",
          );
        }
        if (mode !== undefined && element === undefined) command.error("error: '--mode' goes with '--element'");
        await checkOutput(options);
        const api = await session.api();
        const also = (options.also ?? []).map((text) => alsoFault(text, api));
        const loaded = await loadFile(file, options, session);
        const faults = script === undefined ? [faultOf(element!, mode)] : scriptOf(loaded, script, api);
        await emit(api.inject(loaded, [...faults, ...also]), options, session);
      });
  },
};

function faultOf(element: string, mode: string | undefined): Injection {
  return { at: 0, element, ...(mode === undefined ? {} : { mode }) };
}

/** `vim@-60s..120s`, `nfvo:sw@5s`; the time is seconds from the first fault. */
function alsoFault(text: string, api: Api): Injection {
  const form = 'element[:mode]@time or element[:mode]@from..until';
  const [, element, mode, from, until] = /^([^@:]+)(?::([^@]+))?@(.+?)(?:\.\.(.+))?$/.exec(text.trim()) ?? [];
  if (element === undefined || from === undefined) {
    return wrongOption('--also', `expected ${form}, got "${text}"`, api, 'bad-fault', 'for example vim@-60s..120s');
  }
  const fault = { ...faultOf(element, mode), at: optionValue('--also', api.parseDuration(from), api) };
  if (until === undefined) return fault;
  const end = optionValue('--also', api.parseDuration(until), api);
  return end > fault.at ? { ...fault, until: end } : wrongOption('--also', `"${text}" ends before it begins`, api);
}

function scriptOf({ scenario }: LoadedFile, name: string, { InputError }: Api): readonly Injection[] {
  const { injections } = scenario;
  if (Object.hasOwn(injections, name)) return injections[name]!;
  const names = Object.keys(injections);
  const hint = names.length === 0 ? 'the scenario has none' : `scripts are ${names.join(', ')}`;
  const message = `there is no script ${JSON.stringify(name)} in ${scenario.name}`;
  throw new InputError([{ level: 'error', code: 'unknown-script', message, hint }]);
}
