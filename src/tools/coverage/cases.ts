/** A model small enough for thousands of runs, and its unavailability, or `chain` where the exact side solves it. */
export interface CoverageCase {
  readonly name: string;
  readonly yaml: string;
  readonly exact: number | 'chain';
  /** Relative half-width to stop at. */
  readonly precision: number;
}

const head = (repair: string): string => `format: carriergrade/scenario/1
name: coverage
simulation: { seed: k1, years: 1, histories: 2 }
repair: { crew: ${repair} }
`;

/** Two units and their repair crew; the whole of what happens. */
const units = (law: string, rest = '', repair = '{ crews: 1, dispatch: fault }'): string => `${head(repair)}
elements: { unit: { kind: unit, count: 2, failures: { hw: { mtbf: 1000 h, repair: ${law}, policy: crew } } } }
services: { up: { structure: { any: [unit] }, minOutageThreshold: 0 s } }
${rest}`;

/** Units that age, repaired independently: only means count (methods 7.5). */
const ageing = (name: string, law: string, count: number): CoverageCase => ({
  name,
  yaml: units('{ lognormal: { mean: 4 h, cv: 1 } }', '', '{ crews: unlimited, dispatch: fault }')
    .replace('mtbf: 1000 h', `law: ${law}`)
    .replace('count: 2', `count: ${count}`),
  exact: (4 / 1004) ** count,
  precision: 0.2,
});

/** Closed forms: methods 7.4. The precision that every run reaches with the least samples says nothing about stopping; 4 % does. */
export const CASES: readonly CoverageCase[] = [
  { name: 'exponential repair', yaml: units('{ exponential: 4 h }'), exact: 3.17450239675e-5, precision: 0.2 },
  { name: 'fixed repair', yaml: units('4 h'), exact: 1.59149012284e-5, precision: 0.2 },
  {
    name: 'lognormal repair, cv 1',
    yaml: units('{ lognormal: { mean: 4 h, cv: 1 } }'),
    exact: 3.17033635264e-5,
    precision: 0.2,
  },
  {
    name: 'lognormal repair, cv 3',
    yaml: units('{ lognormal: { mean: 4 h, cv: 3 } }'),
    exact: 1.44936227086e-4,
    precision: 0.2,
  },
  { name: 'stopped at 4 %', yaml: units('{ exponential: 4 h }'), exact: 3.17450239675e-5, precision: 0.04 },
  ageing('Weibull failures, shape 2', '{ weibull: { shape: 2, mttf: 1000 h } }', 2),
  ageing('Weibull failures, shape 3, three units', '{ weibull: { shape: 3, mttf: 1000 h } }', 3),
  ageing('uniform failures', '{ uniform: [600 h, 1400 h] }', 2),
  {
    name: 'common cause',
    yaml: units(
      '{ exponential: 4 h }',
      'causes: { commonCause: { firmware: { rate: 0.02 / year, strikes: [unit], restart: { exponential: 1 h } } } }',
    ),
    exact: 'chain',
    precision: 0.2,
  },
  {
    name: 'spare pool',
    yaml: units(
      '{ exponential: 4 h }',
      '',
      '{ crews: unlimited, dispatch: fault, spares: 1, swap: { exponential: 30 min } }',
    ),
    exact: 'chain',
    precision: 0.2,
  },
];
