import { z } from 'zod';
import type {
  Baseline,
  BaselineCycles,
  BaselineScenario,
  BaselineService,
  CheckedMethod,
  CheckedRegression,
  CheckedScenario,
  CheckedTarget,
  CheckReport,
  CheckRules,
  CheckRun,
} from '../../model/check.ts';
import type { JsonSchema } from './json-schema.ts';
import { estimate, shape, target } from './result.ts';

const text = z.string();
const finite = z.number();
const count = z.int().nonnegative();
const verdict = z.enum(['pass', 'fail', 'undecided']);

const decision = {
  verdict,
  by: z.enum(['exact', 'histories', 'cycles', 'digest']),
  histories: count,
  confidence: finite,
};

const checkedTarget = shape<CheckedTarget>()({ ...target.shape, ...decision });

const regression = shape<CheckedRegression>()({
  service: text,
  metric: z.literal('dpm'),
  a: estimate,
  b: estimate,
  difference: estimate,
  ratio: estimate.nullable(),
  ...decision,
}).meta({ description: 'Downtime, s/year: a of the baseline, b now.' });

const run = shape<CheckRun>()({
  seed: text,
  histories: count,
  of: count,
  simulatedYears: finite,
  events: count,
  stop: z.enum(['decided', 'precision', 'budget', 'interrupted']),
});

/** A scenario in the report of a check, and in the file of finished ones. */
export const checkedScenarioSchema = shape<CheckedScenario>()({
  label: text,
  file: text,
  title: text,
  digest: text,
  run,
  targets: z.array(checkedTarget),
  regressions: z.array(regression),
  methods: z
    .record(text, shape<CheckedMethod>()({ method: z.enum(['exact', 'histories', 'cycles']), because: text }))
    .optional(),
  baseline: z.enum(['none', 'missing', 'unchanged', 'compared']),
  verdict,
});

/** A check as it is written: the JSON form of `CheckReport`. */
export const checkSchema = shape<CheckReport>()({
  format: z.literal('carriergrade/check/1'),
  verdict,
  rules: shape<CheckRules>()({ error: finite, tolerance: finite, detect: finite, gates: count }),
  scenarios: z.array(checkedScenarioSchema),
  version: text,
}).meta({ title: 'carriergrade check', description: 'Gates of scenarios, each decided as soon as it was certain.' });

/** One number for each of the thirty batches that samples are dealt over. */
const batches = z
  .string()
  .regex(/^\d+(\.\d+)?(e[+-]\d+)?( \d+(\.\d+)?(e[+-]\d+)?){29}$/, 'expected 30 numbers separated by spaces');

const service = shape<BaselineService>()({
  downtimeMicros: z.string().regex(/^(\d+(\.\d+)?(e[+-]\d+)?( |$))*$/, 'expected numbers separated by spaces'),
  exactUnavailability: finite.optional(),
  cycles: shape<BaselineCycles>()({
    seed: text,
    strata: z.array(shape<BaselineCycles['strata'][number]>()({ name: text, share: z.number().nonnegative() })).min(1),
    levels: z
      .array(
        shape<BaselineCycles['levels'][number]>()({
          samples: z.int().positive(),
          downtime: batches,
          length: batches,
          largest: z.number().nonnegative(),
          doubt: text.optional(),
        }),
      )
      .min(1),
  }).optional(),
});

const entry = shape<BaselineScenario>()({
  digest: text,
  seed: text,
  years: z.number().positive(),
  warmUp: z.number().nonnegative(),
  histories: z.int().positive(),
  services: z.record(text, service),
}).refine(
  ({ histories, services }) =>
    Object.values(services).every(({ downtimeMicros }) => downtimeMicros.split(' ').length === histories),
  'every service needs as many amounts as there are histories',
);

/** A baseline as it is stored. */
export const baselineSchema = shape<Baseline>()({
  format: z.literal('carriergrade/baseline/1'),
  version: text,
  scenarios: z.record(text, entry),
}).meta({ title: 'carriergrade baseline', description: 'Downtime of accepted scenarios, history by history, µs.' });

/** JSON Schema (draft 7) of a check. */
export function checkJsonSchema(): JsonSchema {
  return z.toJSONSchema(checkSchema, { target: 'draft-7' }) as JsonSchema;
}

/** JSON Schema (draft 7) of a baseline. */
export function baselineJsonSchema(): JsonSchema {
  return z.toJSONSchema(baselineSchema, { target: 'draft-7' }) as JsonSchema;
}
