import { Sampler } from '../../kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../../kernel/streams.ts';
import type { Law } from '../../model/law.ts';
import { referenceExponentials } from './reference.ts';
import { assert, type Row, ratio, type Suite } from './suite.ts';

const DRAWS = 3_000_000;

/** Draws of the sampler from one stream, against a closure that draws exponentials and knows no streams or laws. */
export const variatesSuite: Suite = {
  name: 'variates',
  reference: 'as many exponentials of one hand-written generator',
  run: () => [
    row('exponential', { kind: 'exponential', mean: 1 }, 1),
    row('lognormal', { kind: 'lognormal', mu: -0.125, sigma: 0.5 }, 1),
    row('gamma, shape 4.5', { kind: 'gamma', shape: 4.5, scale: 1 / 4.5 }, 1),
    row('first draw of a history', { kind: 'exponential', mean: 1 }, DRAWS),
  ],
};

/** `histories` is the number of histories the draws are spread over. */
function row(name: string, law: Law, histories: number): Row {
  const subject = (): (() => number) => {
    const streams = new Streams(streamKey('element', 'purpose'), rootKey('variates'));
    const sampler = new Sampler([law], streams);
    return () => meanOfDraws(sampler, streams, histories);
  };
  const mean = subject()();
  assert(Math.abs(mean - 1) < 0.005, `${name}: mean ${mean}, not 1`);
  return {
    name,
    work: `${DRAWS} draws`,
    ratio: ratio(subject, () => () => referenceExponentials(DRAWS)),
    check: `mean ${mean.toFixed(4)} (1)`,
  };
}

function meanOfDraws(sampler: Sampler, streams: Streams, histories: number): number {
  let sum = 0;
  for (let history = 0; history < histories; history++) {
    streams.begin(history);
    for (let i = 0; i < DRAWS / histories; i++) sum += sampler.draw(0, 0, 0);
  }
  return sum / DRAWS / 1e6;
}
