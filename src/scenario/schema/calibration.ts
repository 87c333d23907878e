import { z } from 'zod';
import { CALIBRATED, type CalibratedParameter, type Calibration } from '../../model/calibration.ts';
import { comparisonSchema } from './comparison.ts';
import type { JsonSchema } from './json-schema.ts';
import { estimate, shape } from './result.ts';

const text = z.string();

const parameter = shape<CalibratedParameter>()({
  path: text,
  kind: z.enum(CALIBRATED),
  prescribed: z.number().nullable(),
  measured: estimate,
  verdict: z.enum(['agrees', 'differs', 'unknown', 'few']),
  set: z.array(text),
}).meta({ description: 'rate in 1/year, coverage and switch as shares, the others in s; set: path=value each.' });

/** A calibration as it is written: the JSON form of `Calibration`. */
export const calibrationSchema = shape<Calibration>()({
  format: z.literal('carriergrade/calibration/1'),
  scenario: z.strictObject({ name: text, title: text, digest: text }),
  data: shape<Calibration['data']>()({
    tickets: z.int().nonnegative(),
    fieldYears: z.number().nullable(),
    confidence: z.number(),
  }),
  parameters: z.array(parameter),
  unused: z.array(text),
  comparison: comparisonSchema.optional(),
}).meta({
  title: 'carriergrade calibration',
  description: 'Measured values beside the prescribed ones, and what they change.',
});

/** JSON Schema (draft 7) of a calibration. */
export function calibrationJsonSchema(): JsonSchema {
  return z.toJSONSchema(calibrationSchema, { target: 'draft-7' }) as JsonSchema;
}
