import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SERVICE_MEASURES } from '../../src/measures/history-record.ts';
import type { Course } from '../../src/simulate/cycles/course.ts';
import { IncidentSampler } from '../../src/simulate/cycles/incident.ts';
import { rootsOf } from '../../src/simulate/cycles/roots/roots-of.ts';
import { inOneGo } from '../../src/simulate/interruptible.ts';
import { readExample } from '../core/support/files.ts';

const SAMPLES = 3_000;
const STAGE = 2 ** 44;
const STRATUM = 2 ** 32;
/** Standard errors; five strata, three comparisons, two models, before and after learning. */
const Z = 4;

const total = SERVICE_MEASURES.indexOf('totalTime');
const outages = SERVICE_MEASURES.indexOf('totalOutages');

/** Mean over its standard error. */
function score(amounts: readonly number[]): number {
  const mean = amounts.reduce((sum, x) => sum + x, 0) / amounts.length;
  const squares = amounts.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return squares === 0 ? 0 : mean / Math.sqrt(squares / amounts.length / (amounts.length - 1));
}

describe('law: courses of an incident', () => {
  it.each([
    ['telco-pair', 0],
    ['rare/telco-twenty', 1],
  ])('%s: what is counted by the chance of no further failure is what is counted in full', (name, service) => {
    const model = compile(readExample(name).scenario);
    const sampler = new IncidentSampler(model, service, 'courses', inOneGo(rootsOf(model, 'courses')));
    const at = service * SERVICE_MEASURES.length;
    const worth = ({ record }: Course): number => record.services[at + total]!;
    const rates = sampler.rates();
    for (const stage of [1, 2]) {
      for (const [stratum, rate] of rates.entries()) {
        if (rate === 0) continue;
        const weights: number[] = [];
        const downtimes: number[] = [];
        const lengths: number[] = [];
        const counts: number[] = [];
        for (let k = 0; k < SAMPLES; k++) {
          let [weight, downtime, length, count] = [-1, 0, 0, 0];
          sampler.sample(
            stratum,
            stage * STAGE + stratum * STRATUM + k,
            (_rate, course) => {
              weight += course.fullWeight;
              downtime += course.weight * worth(course) - course.fullWeight * course.downtime;
              length += course.weight * course.survived - course.fullWeight * course.length;
              count += course.weight * course.record.services[at + outages]!;
              for (const each of course.outages.weights) count -= course.weight * each;
            },
            worth,
          );
          weights.push(weight);
          downtimes.push(downtime);
          lengths.push(length);
          counts.push(count);
        }
        const told = `stage ${stage}, first ${sampler.classes.names[stratum]}`;
        expect(Math.abs(score(weights)), `${told}: weights`).toBeLessThan(Z);
        expect(Math.abs(score(downtimes)), `${told}: downtime`).toBeLessThan(Z);
        expect(Math.abs(score(lengths)), `${told}: length`).toBeLessThan(Z);
        // Every outage over the threshold is noted with the weight it is counted with; these scenarios know no other kind.
        for (const count of counts) expect(count).toBeCloseTo(0, 12);
      }
      sampler.teach(sampler.takeLesson());
      sampler.useLearned();
    }
  });
});
