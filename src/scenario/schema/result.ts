import { z } from 'zod';
import { IMPACTS } from '../../model/control.ts';
import type { Estimate } from '../../model/estimate.ts';
import { FAILOVER_REASONS, MARKS, PHASES } from '../../model/flow.ts';
import type {
  Diagram,
  DiagramBlock,
  LengthBin,
  OutageExample,
  Picture,
  PictureBox,
  PictureLine,
  PictureRoot,
} from '../../model/picture.ts';
import {
  type AllocationResult,
  type AnalyticPart,
  type AnalyticResult,
  type AnalyticStage,
  type Attribution,
  type BucketSpending,
  type BudgetLine,
  type ChoiceFacts,
  type CycleFacts,
  type ElementResult,
  type FailoverRatios,
  type GroupResult,
  type ImperfectResult,
  type OutageLengths,
  type PopulationResult,
  type Result,
  type RunFacts,
  type RuntimeResult,
  type Sensitivity,
  type ServiceResult,
  type SparesResult,
  type StageResult,
  TARGET_LINES,
  type TargetLine,
  type TargetResult,
  type Trials,
  type UpgradedGroup,
  type UpgradedService,
  type UpgradeResults,
} from '../../model/result.ts';
import { type Assumption, BUCKETS, CAUSES, ELEMENT_KINDS, PARTIES, SCHEMES } from '../../model/scenario.ts';
import type { SliceFacts } from '../../model/slice.ts';
import type { JsonSchema } from './json-schema.ts';

/** An object with exactly the keys of T: a key added to the contract and not here does not compile. */
export const shape =
  <T>() =>
  <S extends Readonly<Record<keyof T, z.ZodType>>>(keys: S & Readonly<Record<Exclude<keyof S, keyof T>, never>>) =>
    z.strictObject(keys);

const text = z.string();
/** Infinity is null in JSON. */
const number = z.number().nullable();
const finite = z.number();
const count = z.int().nonnegative();
const byName = <T extends z.ZodType>(of: T) => z.record(z.string(), of);
const partly = (names: readonly [string, ...string[]], of: z.ZodType) => z.partialRecord(z.enum(names), of);

export const estimate = shape<Estimate>()({
  value: number,
  lo: number,
  hi: number,
  method: z.enum(['exact', 'histories', 'cycles', 'poisson', 'wilson']),
  n: count,
}).meta({ id: 'estimate', description: 'A value with its interval at run.confidence; null is infinite.' });
const maybe = estimate.nullable();

const scenario = z.strictObject({ name: text, title: text, digest: text });

const kept = z.strictObject({ kept: count, of: count });

const slice = shape<SliceFacts>()({
  services: z.array(text),
  elements: kept,
  groups: kept,
  futures: z.enum(['same', 'alike']),
  notes: z.array(text),
}).meta({ description: 'What can influence the services asked for, of all there is; everything else was left out.' });

const run = shape<RunFacts>()({
  seed: text,
  method: z.enum(['auto', 'histories', 'cycles', 'exact']),
  histories: count,
  simulatedYears: finite,
  events: count,
  confidence: finite,
  stop: z.enum(['precision', 'budget', 'horizon']),
  version: text,
  slice: slice.optional(),
});

const lengths = shape<OutageLengths>()({
  mean: estimate,
  p50: estimate,
  p90: estimate,
  p99: estimate,
  max: number,
  censored: count,
  bins: z.array(shape<LengthBin>()({ from: finite, to: finite, perYear: finite, secondsPerYear: finite })).optional(),
}).meta({ description: 'Lengths of counted outages, s.' });

const attribution = shape<Attribution>()({
  bucket: partly(BUCKETS, finite),
  cause: partly(CAUSES, finite),
  phase: partly(PHASES, finite),
  party: partly(PARTIES, finite),
  element: byName(finite),
}).meta({ description: 's/year; each axis sums to dpm.all.' });

const stage = shape<StageResult>()({
  id: text,
  availability: estimate,
  unavailability: estimate,
  nines: estimate,
  dpm: estimate,
  share: finite,
  weakest: z.boolean(),
});

const cycles = shape<CycleFacts>()({
  samples: count,
  stop: z.enum(['precision', 'budget', 'not converged']),
  gates: z.array(z.strictObject({ name: text, value: number, verdict: z.enum(['green', 'amber', 'red']) })),
  dominant: z.array(z.strictObject({ failures: z.array(text), share: finite })),
  failovers: z.strictObject({ perYear: estimate, successRatio: estimate, withinTarget: estimate }).optional(),
});

const sensitivity = shape<Sensitivity>()({ failures: text, elasticity: estimate }).meta({
  description: 'Response of the downtime to the rate of a failure: elasticity is ∂ ln U / ∂ ln λ.',
});

const example = shape<OutageExample>()({
  root: text,
  cause: z.enum(CAUSES),
  at: finite,
  began: finite,
  ended: finite,
  lost: finite,
  seen: count,
  steps: z.array(z.strictObject({ t: finite, event: text, entity: text, value: text })),
}).meta({ description: 'A typical outage of the dominating root; times in seconds from the fault.' });

const verdict = z.enum(['pass', 'fail', 'undecided']);

const spending = shape<BucketSpending>()({ share: finite, allocated: finite, dpm: estimate, verdict });

const allocation = shape<AllocationResult>()({
  target: finite,
  buckets: z.record(z.enum(BUCKETS), spending),
  overspent: z.strictObject({ bucket: z.enum(BUCKETS), by: finite }).nullable(),
}).meta({ description: 'Allocated beside simulated downtime, s/year; null without a downtime target.' });

const trials = shape<Trials>()({ attempts: count, successes: count, ratio: maybe });

const service = shape<ServiceResult>()({
  availability: estimate,
  unavailability: estimate,
  nines: estimate,
  band: z.enum(['not HA', 'HA', 'beyond HA']),
  dpm: shape<ServiceResult['dpm']>()({
    total: estimate,
    partial: estimate,
    partialRaw: estimate,
    all: estimate,
    counted: estimate,
    attributable: estimate,
    guest: estimate,
    infrastructure: estimate,
  }).meta({ description: 's/year.' }),
  ofm: shape<ServiceResult['ofm']>()({ total: estimate, partial: estimate, all: estimate }).meta({
    description: 'Outages a year.',
  }),
  hitsPerYear: estimate,
  reportablePerYear: estimate,
  capacityEventsPerYear: estimate,
  plannedDpm: finite,
  outageSeconds: lengths.nullable(),
  mtbfHours: maybe,
  mttremSeconds: maybe,
  mttrecSeconds: maybe,
  mttrepHours: maybe,
  sessionsLostPerYear: estimate,
  userHoursLostPerYear: estimate,
  reliability: maybe,
  missionSeconds: finite,
  missProbability: byName(estimate),
  attribution,
  cycles: cycles.optional(),
  sensitivities: z.array(sensitivity).optional(),
  example: example.optional(),
  choice: shape<ChoiceFacts>()({
    method: z.enum(['histories', 'cycles', 'exact']),
    because: text,
    histories: estimate,
  })
    .meta({ description: 'How the downtime was found, where histories saw too few outages.' })
    .optional(),
  allocation: allocation.nullable(),
  stages: z.array(stage).optional(),
});

const imperfect = shape<ImperfectResult>()({
  falseAlarmsPerYear: estimate,
  alarmAttempts: count,
  racesPerYear: estimate,
  localisation: maybe,
  containment: maybe,
  splitBrainsPerYear: estimate,
  splitBrainSecondsPerYear: estimate,
});

const spares = shape<SparesResult>()({
  spares: count,
  exhaustionsPerYear: estimate,
  exhaustedSecondsPerYear: estimate,
  exhaustionProbability: maybe,
});

const group = shape<GroupResult>()({
  capacityEventsPerYear: estimate.optional(),
  switchoversPerYear: estimate.optional(),
  imperfect: imperfect.optional(),
  servingFailuresPerYear: estimate,
  memberFailuresPerYear: estimate,
  attempts: count,
  successes: count,
  successRatio: maybe,
  withinTarget: maybe,
  protection: maybe,
  coverage: trials,
  reasons: partly(FAILOVER_REASONS, count),
  exposureSecondsPerYear: estimate,
  latentSecondsPerYear: estimate,
  protectedSecondsPerYear: estimate,
  downSecondsPerYear: estimate,
  marksSeconds: partly(MARKS, estimate),
});

const ratios = shape<FailoverRatios>()({
  attempts: count,
  successes: count,
  successRatio: maybe,
  withinTarget: maybe,
}).meta({ description: 'Failovers of all groups of a region.' });

const element = shape<ElementResult>()({
  name: text,
  failuresPerYear: finite,
  downSecondsPerYear: finite,
  causedDpm: finite,
});

const population = shape<PopulationResult>()({
  elements: count,
  availability: estimate,
  dpm: estimate,
  ofm: estimate,
  zeroDowntimeShare: estimate,
});

const calculated = {
  unavailability: finite.optional(),
  dpm: finite.optional(),
  method: z.enum(['structure', 'chain', 'groups-by-chains', 'first-order', 'memoryless-twin']).optional(),
  exact: z.boolean().optional(),
  frequencyPerYear: finite.optional(),
  lo: finite.optional(),
  hi: finite.optional(),
  shared: z.array(text).optional(),
  parts: z
    .array(
      shape<AnalyticPart>()({
        of: z.array(text),
        method: z.enum(['chain', 'chains', 'first-order']),
        states: count.optional(),
        unavailability: finite.optional(),
        refused: text.optional(),
      }),
    )
    .optional(),
  memorylessTwin: z
    .strictObject({ unavailability: finite, dpm: finite, exact: z.boolean(), order: count.optional() })
    .optional(),
  terms: z.array(z.strictObject({ name: text, dpm: finite })).optional(),
  dominates: z.array(text).optional(),
  refused: text.optional(),
};

const analytic = shape<AnalyticResult>()({
  ...calculated,
  treatment: z.enum(['conditional', 'series']).optional(),
  stages: z.array(shape<AnalyticStage>()({ id: text, ...calculated })).optional(),
});

export const target = shape<TargetResult>()({
  id: text,
  of: text,
  metric: z.enum([
    'availability',
    'dpm',
    'dpmTotal',
    'dpmCounted',
    'ofm',
    'reportable',
    'failoverSuccess',
    'failoverWithinTarget',
    'dpmPartial',
    'ofmTotal',
    'ofmPartial',
    'upgradeDowntime',
    'redundancyLoss',
  ]),
  limit: finite,
  text,
  level: z.enum(['error', 'warn']),
  estimate: maybe,
  verdict,
});

const runtime = shape<RuntimeResult>()({
  groups: count,
  members: count,
  downSecondsPerYear: estimate,
  upgradeDownSecondsPerYear: estimate,
  exposureSecondsPerYear: estimate,
  upgradeExposureSecondsPerYear: estimate,
  failovers: trials,
  restoredSeconds: maybe,
  redundantSeconds: maybe,
});

const upgrades = shape<UpgradeResults>()({
  campaigns: byName(shape<UpgradeResults['campaigns'][string]>()({ impact: z.enum(IMPACTS), startsPerYear: finite })),
  services: byName(shape<UpgradedService>()({ downtimeSecondsPerYear: estimate, exposureSecondsPerYear: estimate })),
  groups: byName(
    shape<UpgradedGroup>()({
      redundancyLossSecondsPerYear: estimate,
      degradedSecondsPerYear: estimate,
      movesPerMember: finite.nullable(),
      stateLossEvents: count,
    }),
  ),
  budgets: z.array(
    shape<BudgetLine>()({
      budget: z.enum(['critical', 'major', 'minor', 'degraded', 'degraded-storage']),
      measure: z.enum(['downtime', 'degraded redundancy']),
      of: text,
      limitSecondsPerYear: finite,
      estimate,
      updatesPerYear: finite,
      perUpdateSeconds: shape<BudgetLine['perUpdateSeconds']>()({ limit: finite, value: finite }),
      verdict,
    }),
  ),
});

const targetLine = shape<TargetLine>()({
  id: z.enum(TARGET_LINES),
  limit: finite,
  of: text.nullable(),
  estimate: maybe,
  trials: count.optional(),
  successes: count.optional(),
  samples: z.array(z.strictObject({ probability: finite, trials: count })).optional(),
  verdict,
});

const box = {
  id: text,
  count,
  scheme: z.enum(SCHEMES).optional(),
  causedDpm: finite,
};
const diagram: z.ZodType<Diagram> = z
  .lazy(() =>
    z.union([
      shape<DiagramBlock>()({ kind: z.literal('block'), ...box }),
      z.strictObject({ kind: z.enum(['all', 'any', 'share']), inputs: z.array(diagram) }),
      z.strictObject({ kind: z.literal('atLeast'), atLeast: count, inputs: z.array(diagram) }),
    ]),
  )
  .meta({ id: 'diagram', description: 'What must be up, from the whole to its parts.' }) as z.ZodType<Diagram>;

const picture = shape<Picture>()({
  boxes: z.array(shape<PictureBox>()({ ...box, kind: z.enum([...ELEMENT_KINDS, 'group']), place: text })),
  lines: z.array(
    shape<PictureLine>()({
      from: text,
      to: text,
      kind: z.enum(['link', 'stands-in', 'runs-on']),
      count,
      causedDpm: finite,
    }),
  ),
  diagrams: byName(diagram),
  roots: byName(z.array(shape<PictureRoot>()({ name: text, count, seconds: finite }))),
}).meta({ description: 'What reports draw the cloud and its block diagrams from; equal parts are one box.' });

/** A result as it is written: the JSON form of `Result`. */
export const resultSchema = shape<Result>()({
  format: z.literal('carriergrade/result/1'),
  scenario,
  run,
  services: byName(service),
  groups: byName(group),
  regions: byName(ratios).optional(),
  spares: byName(spares).optional(),
  runtimes: shape<NonNullable<Result['runtimes']>>()({
    vm: runtime.optional(),
    container: runtime.optional(),
  }).optional(),
  upgrades: upgrades.optional(),
  elements: z.array(element),
  populations: byName(population),
  analytic: z.strictObject({ services: byName(analytic) }),
  targets: z.array(target),
  targetSheet: z.array(targetLine),
  assumptions: z.array(shape<Assumption>()({ path: text, value: text, source: text })),
  picture: picture.optional(),
}).meta({
  title: 'carriergrade result',
  description: 'What a run of a scenario found. Keys carry units; a year has 365 days; downtime (dpm) is in s/year.',
});

/** JSON Schema (draft 7) of a result. */
export function resultJsonSchema(): JsonSchema {
  return z.toJSONSchema(resultSchema, { target: 'draft-7' }) as JsonSchema;
}
