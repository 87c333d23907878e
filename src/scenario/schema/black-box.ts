import { z } from 'zod';
import { duration, key, law, probability, rate } from './words.ts';

/** Figures of an element that is known from the outside only: kind pnf (B-08). */
export const blackBox = {
  availability: key(probability, 'pnf: long-run availability, transients not counted.', undefined, '99.999 %'),
  dpm: key(z.string(), 'pnf: downtime per year, instead of availability.', undefined, '315.36 s/year'),
  mtbf: key(duration, 'pnf: mean up time between outages.', undefined, '20000 h'),
  ofm: key(rate, 'pnf: outages per year of calendar time, instead of mtbf.', undefined, '0.2 / year'),
  mttr: key(law, 'pnf: outage to restored.', undefined, '4 h'),
  mdt: key(law, 'pnf: mean down time, another word for mttr.', undefined, '4 h'),
  transient: key(
    z.strictObject({
      rate: key(rate, 'How often it switches over by itself.', undefined, '1 / year'),
      duration: key(law, 'How long each switch interrupts.', undefined, '50 ms'),
    }),
    'pnf: interruptions by its own failover.',
  ),
};
