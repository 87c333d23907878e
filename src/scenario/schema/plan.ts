import { z } from 'zod';
import type {
  MovedParameter,
  Plan,
  PlanLimit,
  PlanTarget,
  PlanTrial,
  Tornado,
  TornadoEnd,
  VariedPath,
} from '../../model/plan.ts';
import type { JsonSchema } from './json-schema.ts';
import { estimate, shape, target } from './result.ts';

const text = z.string();
const finite = z.number();
const verdict = z.enum(['pass', 'fail', 'undecided']);
const scenario = z.strictObject({ name: text, title: text, digest: text });

const trial = shape<PlanTrial>()({
  values: z.record(text, z.union([text, finite, z.boolean()])),
  cost: finite.nullable(),
  estimate: estimate.nullable(),
  verdict,
  by: z.enum(['exact', 'histories', 'cycles']),
  because: text.optional(),
  histories: z.int().nonnegative(),
});

/** A plan as it is written: the JSON form of `Plan`. */
export const planSchema = shape<Plan>()({
  format: z.literal('carriergrade/plan/1'),
  scenario,
  target: shape<PlanTarget>()({
    of: text,
    metric: z.union([target.shape.metric, z.literal('exhaustion')]),
    limit: finite,
    text,
  }),
  varied: z.array(shape<VariedPath>()({ path: text, values: z.array(text), isRange: z.boolean() })),
  verdict,
  answer: trial.nullable(),
  limit: shape<PlanLimit>()({ missedAt: text.nullable(), guess: text }).nullable(),
  trials: z.array(trial),
  error: finite,
  seed: text,
  version: text,
}).meta({ title: 'carriergrade plan', description: 'What meets a target, and how certain that is.' });

const end = shape<TornadoEnd>()({ value: text, difference: estimate });

/** A tornado as it is written: the JSON form of `Tornado`. */
export const tornadoSchema = shape<Tornado>()({
  format: z.literal('carriergrade/tornado/1'),
  scenario,
  service: text,
  base: estimate,
  bars: z.array(shape<MovedParameter>()({ path: text, value: text, low: end, high: end, swing: finite })),
  refused: z.array(text),
  seed: text,
  version: text,
}).meta({ title: 'carriergrade tornado', description: 'How far each parameter alone moves the downtime, s/year.' });

/** JSON Schema (draft 7) of a plan. */
export function planJsonSchema(): JsonSchema {
  return z.toJSONSchema(planSchema, { target: 'draft-7' }) as JsonSchema;
}

/** JSON Schema (draft 7) of a tornado. */
export function tornadoJsonSchema(): JsonSchema {
  return z.toJSONSchema(tornadoSchema, { target: 'draft-7' }) as JsonSchema;
}
