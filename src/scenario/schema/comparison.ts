import { z } from 'zod';
import {
  COMPARED_AXES,
  COMPARED_METRICS,
  type ComparedChoice,
  type ComparedScenario,
  type ComparedVariant,
  type Comparison,
  type ComparisonRun,
  type Contribution,
  type PairedEstimate,
  type ServiceComparison,
} from '../../model/comparison.ts';
import type { JsonSchema } from './json-schema.ts';
import { estimate, shape } from './result.ts';

const text = z.string();
const finite = z.number();
const count = z.int().nonnegative();

const compared = shape<ComparedScenario>()({ label: text, name: text, title: text, digest: text });

const paired = shape<PairedEstimate>()({
  a: estimate,
  b: estimate,
  difference: estimate,
  ratio: estimate.nullable(),
  verdict: z.enum(['less', 'more', 'same', 'undecided']),
}).meta({
  id: 'paired',
  description: 'Of a, of b, b − a and b / a, from pairs of histories; ratio null where a is 0.',
});

const contribution = shape<Contribution>()({ name: text, a: finite, b: finite, difference: estimate });

const service = shape<ServiceComparison>()({
  metrics: z.record(z.enum(COMPARED_METRICS), paired).meta({ description: 'dpm… in s/year, the others 1/year.' }),
  because: z
    .record(z.enum(COMPARED_AXES), z.array(contribution))
    .meta({ description: 's/year; each axis sums to the difference in dpm.' }),
  varianceReduction: finite.nullable(),
  choice: shape<ComparedChoice>()({
    method: z.enum(['exact', 'cycles', 'histories']),
    because: text,
    pairs: z.boolean().optional(),
    dpm: paired,
  }).optional(),
  exact: paired.optional(),
});

const variant = shape<ComparedVariant>()({
  b: compared,
  services: z.record(text, service),
  onlyA: z.array(text),
  onlyB: z.array(text),
});

const run = shape<ComparisonRun>()({
  seed: text,
  histories: count,
  simulatedYears: finite,
  confidence: finite,
  stop: z.enum(['precision', 'budget', 'horizon']),
  version: text,
});

/** A comparison as it is written: the JSON form of `Comparison`. */
export const comparisonSchema = shape<Comparison>()({
  format: z.literal('carriergrade/comparison/1'),
  a: compared,
  run,
  against: z.array(variant),
}).meta({
  title: 'carriergrade comparison',
  description: 'Variants of a scenario on the same histories, each against the first.',
});

/** JSON Schema (draft 7) of a comparison. */
export function comparisonJsonSchema(): JsonSchema {
  return z.toJSONSchema(comparisonSchema, { target: 'draft-7' }) as JsonSchema;
}
