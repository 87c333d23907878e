import { z } from 'zod';
import { count, number, probability } from './words.ts';

const list = (): z.ZodOptional<z.ZodArray<z.ZodType>> => z.array(structure).optional();

export const structure: z.ZodType = z
  .union([
    z.string(),
    z.strictObject({
      get all(): z.ZodOptional<z.ZodArray<z.ZodType>> {
        return list();
      },
      get any(): z.ZodOptional<z.ZodArray<z.ZodType>> {
        return list();
      },
      atLeast: count.optional(),
      get of(): z.ZodOptional<z.ZodArray<z.ZodType>> {
        return list();
      },
      get share(): z.ZodOptional<z.ZodArray<z.ZodType>> {
        return list();
      },
      get standby(): z.ZodOptional<z.ZodArray<z.ZodType>> {
        return list();
      },
      weights: z.array(number).optional(),
      required: number.optional(),
      fraction: probability.optional(),
    }),
  ])
  .meta({
    id: 'structure',
    description:
      'An element or group, or {all: […]}, {any: […]}, {atLeast: k, of: […]}, or {share: […], weights: […], required: r}: ' +
      'served in proportion to what is up, fully with r of the weights (default: all), by the {fraction: p} of the load that uses them at all. ' +
      '{standby: [first, spare, …]}: the first, or a spare in its place, which goes to whoever of several that name it needs it first. ' +
      'A counted name means all its members.',
    examples: [{ all: ['sbc', { any: ['tor-1', 'tor-2'] }] }, { share: ['unit'], required: 4 }],
  });
