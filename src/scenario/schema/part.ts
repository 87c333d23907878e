import { z } from 'zod';
import type { PackedWork, Part, PartSettings, Shard } from '../../model/part.ts';
import type { JsonSchema } from './json-schema.ts';
import { shape } from './result.ts';

const text = z.string();
const count = z.int().nonnegative();

export const packedWorkSchema = shape<PackedWork>()({
  names: z.array(text),
  lengths: z.array(count),
  numbers: z.base64(),
});

const settings = shape<PartSettings>()({
  seed: text.optional(),
  years: z.number().optional(),
  histories: count.optional(),
  precision: z.number().optional(),
  method: z.enum(['auto', 'histories', 'cycles', 'exact']).optional(),
});

/** The shape of `carriergrade/part/1`. */
export const partSchema = shape<Part>()({
  format: z.literal('carriergrade/part/1'),
  scenario: z.strictObject({ name: text, title: text, digest: text }),
  version: text,
  shard: shape<Shard>()({ index: z.int().positive(), of: z.int().positive() }),
  settings,
  source: z.record(text, z.unknown()).meta({ description: 'The resolved scenario; its digest is scenario.digest.' }),
  histories: z.strictObject({ first: count, end: count }),
  work: z.array(packedWorkSchema).meta({ description: 'Numbers of finished histories and cycles: deflated doubles.' }),
});

/** JSON Schema (draft 7) of what `run --shard` writes. */
export function partJsonSchema(): JsonSchema {
  return z.toJSONSchema(partSchema, { target: 'draft-7' }) as JsonSchema;
}
