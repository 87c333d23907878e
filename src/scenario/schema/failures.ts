import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { FAULT_LAYERS } from '../../model/monitoring.ts';
import { BUCKETS, CAUSES, PARTIES } from '../../model/scenario.ts';
import { duration, key, law, mapOf, probability, rate } from './words.ts';

/** Keys of whatever happens now and then and is put right: failure modes, and causes that strike several elements. */
export const occurrenceKeys = {
  rate: key(rate, 'How often it fails while it runs; exponential.', undefined, '4 / year'),
  mtbf: key(duration, 'Mean up time between failures; exponential.', undefined, '999 h'),
  mttf: key(duration, 'Mean time to failure; exponential.'),
  fit: key(z.union([z.string(), z.number()]), 'Failures per 1e9 hours; exponential.', undefined, '100 FIT'),
  law: key(law, 'Any law of the time to failure.', undefined, { weibull: { shape: 1.5, mttf: '1000 h' } }),
  cause: key(z.enum(CAUSES), 'Cause class; default by kind of element.'),
  bucket: key(z.enum(BUCKETS), 'Allocation bucket; default by cause and kind.'),
  party: key(z.enum(PARTIES), 'Who is responsible; default: the bucket.'),
  restart: key(law, 'Comes back by itself after this time.', undefined, '5 s'),
  repair: key(
    law,
    'Is repaired in this time under a repair policy, or by itself when the file has none.',
    undefined,
    '4 h',
  ),
  policy: key(z.string(), 'Repair policy id, or "none": nobody waits for a crew.'),
  replacement: key(z.literal(true), 'The group replaces the instance; only for layers of an instance.'),
  planned: key(z.boolean(), 'Foreseen work rather than a fault: reports also say what downtime is left without it.'),
};

const failureMode = z
  .strictObject({
    ...occurrenceKeys,
    latent: key(
      z.literal(true),
      'Nobody knows of the fault until a proof test (proofTests) finds it; repair or restart count from then, default 0 s.',
    ),
    manifestation: key(
      z.enum(['fail-stop', 'gray']),
      'gray: the member lives and loses part of its load; only for layers of an instance.',
      DEFAULTS.failure.manifestation,
    ),
    loss: key(probability, 'gray: share of the load that is lost.', undefined, '30 %'),
    layer: key(
      z.enum(FAULT_LAYERS),
      'What it is a fault of for those who watch; default: the layer of the instance.',
      undefined,
      'resource',
    ),
    prediction: key(
      z.strictObject({
        coverage: key(probability, 'Faults that are predicted.', undefined, '50 %'),
        leadTime: key(law, 'Predicted to failed.', undefined, '10 min'),
        falsePositives: key(rate, 'Predictions without a fault.', DEFAULTS.failure.predictionFalsePositives),
      }),
      'Faults seen coming: the member is switched over and replaced before; only for layers of an instance.',
    ),
  })
  .meta({ id: 'failureMode', description: 'One way of failing and of coming back.' });

/** Failure modes by id; `null` removes a mode that the type brings. */
export const failures = mapOf(failureMode.nullable());
