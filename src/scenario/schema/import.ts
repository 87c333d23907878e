import { z } from 'zod';
import type {
  ImportAssumption,
  ImportedFile,
  ImportedGroup,
  ImportReport,
  KeyVerdict,
} from '../../model/descriptor.ts';
import type { Place, Problem } from '../../model/problem.ts';
import type { JsonSchema } from './json-schema.ts';
import { shape } from './result.ts';

const text = z.string();
const count = z.int().nonnegative();
const position = z.int().positive();

const place = shape<Place>()({ file: text, line: position, column: position, length: position.optional() });

const problem = shape<Problem>()({
  level: z.enum(['error', 'unsupported', 'warning']),
  code: text,
  message: text,
  hint: text.optional(),
  place: place.optional(),
  path: text.optional(),
  frame: text.optional(),
});

const verdict = shape<KeyVerdict>()({ place, key: text, value: text, as: text, below: position.optional() }).meta({
  description: 'What a key has become, or why it has no influence; it stands for `below` keys inside it.',
});

const file = shape<ImportedFile>()({
  file: text,
  kind: text,
  keys: count,
  taken: count,
  approximated: count,
  ignored: count,
  findings: count,
}).meta({ description: 'keys = taken + approximated + ignored' });

const group = shape<ImportedGroup>()({
  id: text,
  scheme: text,
  members: count,
  monitors: z.array(text),
  rules: z.array(text),
});

/** A report of an import as it is written: the JSON form of `ImportReport`. */
export const importSchema = shape<ImportReport>()({
  format: z.literal('carriergrade/import/1'),
  files: z.array(file),
  groups: z.array(group),
  services: z.array(z.strictObject({ id: text, kind: z.enum(['service', 'chain']), of: text })),
  taken: z.array(verdict),
  approximated: z.array(verdict),
  ignored: z.array(verdict),
  assumed: z.array(shape<ImportAssumption>()({ path: text, value: text, why: text, source: text })),
  findings: z.array(problem),
}).meta({ title: 'carriergrade import', description: 'What became of every key of descriptors.' });

/** JSON Schema (draft 7) of the report of an import. */
export function importJsonSchema(): JsonSchema {
  return z.toJSONSchema(importSchema, { target: 'draft-7' }) as JsonSchema;
}
