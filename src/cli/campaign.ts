import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Campaign, CampaignPlan, Scenario } from '../index.ts';
import { EXIT } from './exit-code.ts';
import { countFrom, optionValue, wrongOption } from './quantities.ts';
import type { Api } from './session.ts';

/** Options of `inject` that ask for many faults instead of one. */
export interface CampaignOptions {
  readonly single?: true;
  readonly pairs?: true;
  readonly random?: number;
  readonly gap?: string;
  readonly order?: 'both' | 'given';
  readonly limit?: number;
  readonly runs?: number;
  readonly seed?: string;
  readonly within?: string;
  readonly each?: true;
}

const KINDS = ['single', 'pairs', 'random'] as const;
/** Options that only one kind of campaign reads. */
const OF: Readonly<Record<string, (typeof KINDS)[number]>> = {
  gap: 'pairs',
  order: 'pairs',
  limit: 'pairs',
  runs: 'random',
  seed: 'random',
  within: 'random',
};

export function withCampaignOptions(command: Command): Command {
  return command
    .option('--each', 'campaign: a row for every injection; else injections that are alike are one row')
    .option('--single', 'campaign: every failure mode of every element once')
    .option('--pairs', 'campaign: every two faults of different elements')
    .option('--random <k>', 'campaign: k faults at once, drawn at random', countFrom(1))
    .option('--gap <time>', '--pairs: second fault after the first; or "exposure": while redundancy is not back')
    .addOption(
      new Option('--order <order>', '--pairs with a gap: both orders, or as in the scenario').choices([
        'both',
        'given',
      ]),
    )
    .option('--limit <n>', '--pairs: injections at most (10000)', countFrom(1))
    .option('--runs <n>', '--random: injections (100)', countFrom(1))
    .option('--seed <text>', '--random: seed; default: that of the scenario', (text) => {
      if (text !== '') return text;
      throw new InvalidArgumentError('expected a text');
    })
    .option('--within <time>', '--random: all faults of an injection strike within this time (1 h)');
}

/** Whether the options ask for a campaign; wrong combinations are reported by `fail`. */
export function asksForCampaign(options: CampaignOptions, fail: (message: string) => never): boolean {
  const kinds = KINDS.filter((kind) => options[kind] !== undefined);
  if (kinds.length > 1) fail(`error: '--${kinds[0]}' and '--${kinds[1]}' are different campaigns`);
  for (const [option, kind] of Object.entries(OF)) {
    if (options[option as keyof CampaignOptions] !== undefined && kinds[0] !== kind)
      fail(`error: '--${option}' goes with '--${kind}'`);
  }
  if (options.each !== undefined && kinds.length === 0) fail("error: '--each' goes with a campaign");
  return kinds.length === 1;
}

/** The plan the options describe. Throws InputError for times that cannot be read. */
export function planOf(options: CampaignOptions, scenario: Scenario, api: Api): CampaignPlan {
  const { campaign } = api.DEFAULTS;
  const duration = (option: string, text: string): number => {
    const value = optionValue(option, api.parseDuration(text), api);
    return value >= 0 ? value : wrongOption(option, `expected a time of at least 0 s, got "${text}"`, api);
  };
  if (options.single !== undefined) return { kind: 'single' };
  if (options.pairs !== undefined) {
    const { gap = '0 s', order = 'both', limit = Number(campaign.pairs.value) } = options;
    return { kind: 'pairs', gap: gap === 'exposure' ? gap : duration('--gap', gap), order, limit };
  }
  return {
    kind: 'random',
    faults: options.random!,
    runs: options.runs ?? Number(campaign.runs.value),
    seed: options.seed ?? scenario.simulation.seed,
    within: duration('--within', options.within ?? campaign.within.value),
  };
}

/** A broken promise to tolerate so many faults is a missed target. */
export function campaignCode({ services }: Campaign): number {
  return Object.values(services).some(({ faultsTolerated }) => faultsTolerated?.kept === false)
    ? EXIT.missed
    : EXIT.met;
}
