import { z } from 'zod';
import type { Sweep, SweepPoint, SweptService } from '../../model/sweep.ts';
import type { JsonSchema } from './json-schema.ts';
import { estimate, shape } from './result.ts';

const text = z.string();
const finite = z.number();

const service = shape<SweptService>()({
  unavailability: estimate,
  dpm: estimate,
  ofm: estimate,
  reportable: estimate,
  exactDpm: finite.optional(),
}).meta({ description: 'dpm in s/year, ofm and reportable in 1/year.' });

/** A point of a sweep, in its report and in the file of finished points. */
export const sweepPointSchema = shape<SweepPoint>()({
  values: z.record(text, z.union([text, finite, z.boolean()])),
  digest: text,
  run: shape<SweepPoint['run']>()({
    seed: text,
    method: z.enum(['auto', 'histories', 'cycles', 'exact']),
    histories: z.int().nonnegative(),
    simulatedYears: finite,
    stop: z.enum(['precision', 'budget', 'horizon']),
  }),
  services: z.record(text, service),
  targets: z.array(
    z.strictObject({ id: text, level: z.enum(['error', 'warn']), verdict: z.enum(['pass', 'fail', 'undecided']) }),
  ),
});

/** A sweep as it is written: the JSON form of `Sweep`. */
export const sweepSchema = shape<Sweep>()({
  format: z.literal('carriergrade/sweep/1'),
  scenario: z.strictObject({ name: text, title: text, digest: text }),
  parameters: z.array(text),
  confidence: finite,
  version: text,
  points: z.array(sweepPointSchema),
}).meta({ title: 'carriergrade sweep', description: 'A scenario at many points, all on the same random numbers.' });

/** JSON Schema (draft 7) of a sweep. */
export function sweepJsonSchema(): JsonSchema {
  return z.toJSONSchema(sweepSchema, { target: 'draft-7' }) as JsonSchema;
}
