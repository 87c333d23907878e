import { z } from 'zod';
import type { Default } from '../../catalogue/defaults.ts';

/** Letters, digits, `-`, `_` and `.`, starting with a letter or digit and not a number (numbers would lose their order). */
export const ID_PATTERN = /^(?!\d+$)[A-Za-z0-9][A-Za-z0-9._-]*$/;

const id = z.string().regex(ID_PATTERN);

/** A map from ids to entries. */
export function mapOf<T extends z.ZodType>(entry: T): z.ZodRecord<typeof id, T> {
  return z.record(id, entry);
}

/** An optional key with its description, its default and examples. */
export function key<T extends z.ZodType>(schema: T, description: string, fallback?: Default, ...examples: unknown[]) {
  const text = fallback === undefined ? description : `${description} Default: ${fallback.value} ${fallback.source}.`;
  return schema.optional().meta({ description: text, ...(examples.length === 0 ? {} : { examples }) });
}

const written = z.union([z.string(), z.number()]);

/** Quantities as written. What they mean is checked by the readers in `quantity/`, which give better messages. */
export const duration = written.meta({
  id: 'duration',
  description: 'A time with its unit: ns, us, ms, s, min, h, d, week, month (730 h), year (365 d).',
  examples: ['50 ms', '4 h', '1 h 30 min'],
});

export const rate = written.meta({
  id: 'rate',
  description: 'Events per time, or FIT (failures per 1e9 hours).',
  examples: ['4 / year', '100 FIT'],
});

export const probability = written.meta({
  id: 'probability',
  description: 'A probability or ratio in [0, 1]: a number, a percentage or nines.',
  examples: ['99.999 %', '5 nines', 0.999],
});

export const number = z.union([z.number(), z.string()]).meta({ id: 'number', description: 'A number without a unit.' });
export const count = z.union([z.int(), z.string()]).meta({ id: 'count', description: 'A whole number.' });
const unlimited = z.union([z.int(), z.literal('unlimited'), z.string()]);
export const countOrUnlimited = unlimited.meta({
  id: 'countOrUnlimited',
  description: 'A whole number or "unlimited".',
});
export const durationOrNever = written.meta({
  id: 'durationOrNever',
  description: 'A time with its unit, or "never".',
});

const weibull = z.strictObject({
  mean: key(duration, 'Mean.'),
  mttf: key(duration, 'Mean, as time to failure.'),
  mtbf: key(duration, 'Mean; only for shape 1 is it a mean time between failures.'),
  scale: key(duration, 'Scale: 63.2 % are shorter.'),
  shape: number,
});
const meanOrScale = z.strictObject({ mean: key(duration, 'Mean.'), scale: key(duration, 'Scale.'), shape: number });

/** Forms of a law; exactly one may be given (`shift` goes with `law`). */
const forms = z.strictObject({
  exponential: key(duration, 'Memoryless with this mean.', undefined, '4 h'),
  uniform: key(z.array(duration), 'Uniform between two times.', undefined, ['0 h', '24 h']),
  probe: key(
    z.array(duration),
    'Wait of something that looks at fixed instants: uniform between two times, aligned in scripted runs.',
  ),
  triangular: key(z.array(duration), 'Triangular: shortest, most likely, longest.', undefined, ['1 h', '4 h', '8 h']),
  weibull: key(weibull, 'Weibull.', undefined, { shape: 1.5, mttf: '1000 h' }),
  gamma: key(meanOrScale, 'Gamma.', undefined, { shape: 2, mean: '4 h' }),
  erlang: key(z.strictObject({ mean: duration, k: count }), 'Sum of k equal exponential phases.', undefined, {
    k: 3,
    mean: '4 h',
  }),
  lognormal: key(
    z.strictObject({
      mean: key(duration, 'Mean; with cv.'),
      cv: key(number, 'Coefficient of variation.'),
      median: key(duration, 'Median; with p95.'),
      p95: key(duration, '95th percentile.'),
    }),
    'Lognormal by mean and cv, or by median and p95.',
    undefined,
    { median: '2 h', p95: '8 h' },
  ),
  empirical: key(z.array(duration), 'One of the listed times, each equally likely.', undefined, ['1 h', '2 h', '2 h']),
  calendar: key(
    z.strictObject({ period: duration, phase: key(duration, 'Offset of the grid.') }),
    'Wait for the next multiple of a period.',
  ),
  shift: key(duration, 'Fixed time before a draw of "law".', undefined, '2 min'),
  get law(): z.ZodOptional<z.ZodType> {
    return key(law, 'What follows "shift".');
  },
});

export const law: z.ZodType = z.union([z.string(), z.number(), forms]).meta({
  id: 'law',
  description: 'Law of a duration: a fixed time, "never", or a distribution.',
  examples: ['4 h', { exponential: '4 h' }, { uniform: ['0 h', '24 h'] }],
});
