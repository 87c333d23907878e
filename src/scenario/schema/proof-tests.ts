import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { RENEWALS } from '../../model/proof-test.ts';
import { key, law } from './words.ts';

export const proofTest = z
  .strictObject({
    elements: key(
      z.array(z.string()),
      'What the test looks at: elements, counted elements, pools, sites, control functions.',
      undefined,
      ['valve'],
    ),
    interval: key(law, 'From one test to the next, and from the start to the first.', undefined, '365 d'),
    renews: key(
      z.enum(RENEWALS),
      'all: everything it looks at is as new afterwards; failed: only what it has found failed.',
      DEFAULTS.proofTest.renews,
    ),
  })
  .meta({
    id: 'proofTest',
    description: 'A periodic test of several elements at one instant that finds their latent faults.',
  });
