import { SERVICES } from '../../catalogue/services.ts';
import { nines } from '../../model/time.ts';
import type { Conversion } from './conversions.ts';
import {
  activationProbability,
  chainUnavailability,
  dpm,
  failuresPerBatch,
  leastCoverage,
  longestChain,
  poissonTail,
  seriesUnavailability,
  shortfallProbability,
  sparesNeeded,
  unavailabilityOfTimes,
  zeroDowntimeShare,
  zeroFailureTrials,
} from './formulas.ts';

const FIVE_NINES = 1e-5;
const SIX_NINES = 1e-6;
const PER_YEAR = 's/year';

type Row = readonly [quantity: string, exact: number, unit?: string];

const rows = (check: string, ...entries: readonly Row[]): readonly Conversion[] =>
  entries.map(([quantity, exact, unit]) => ({ check, quantity, exact, ...(unit === undefined ? {} : { unit }) }));

/** Numbers that follow from the source documents without being printed there: NC-14 … NC-50 as far as they are formulas. */
export function derivedChecks(): readonly Conversion[] {
  return [
    ...rows(
      'NC-14',
      ...[0.01, 0.1, 1].map((ofm): Row => [`share without any outage in a year at OFM ${ofm}`, zeroDowntimeShare(ofm)]),
    ),
    ...[5, 10].flatMap((stages) => {
      const u = chainUnavailability(stages, SIX_NINES);
      const name = `${stages} stages of pairs of 0.999`;
      return rows('NC-15', [`${name}, nines`, nines(u)], [`${name}, DPM`, dpm(u), PER_YEAR]);
    }),
    ...[100, 10_000].flatMap((count) =>
      rows(
        'NC-18',
        ...[15, 300, 3_600].map((seconds): Row => {
          const name = `chance that one of ${count} VNFs at 1/year needs MANO while it is down ${seconds} s`;
          return [name, activationProbability(count, 1, seconds)];
        }),
      ),
    ),
    ...rows(
      'NC-27',
      ...[0.01, 0.001, 0.0001, 0.00001].map((failure): Row => {
        return [
          `trials without failure for a failure probability of ${failure} at 95 %`,
          zeroFailureTrials(failure, 0.95),
        ];
      }),
    ),
    ...[
      { name: 'weekly', hours: 168 },
      { name: 'monthly', hours: 730 },
      { name: 'quarterly', hours: 2_190 },
    ].flatMap(({ name, hours }) => {
      const mean = failuresPerBatch(100, 0.05, hours);
      const spares = sparesNeeded(mean, 1e-3);
      return rows(
        'NC-28',
        [`spares for 100 nodes at OFM 0.05, ${name} visits`, spares],
        [`chance that they do not last, ${name} visits`, poissonTail(mean, spares)],
      );
    }),
    ...redundancyChecks(),
    ...budgetChecks(),
  ];
}

function redundancyChecks(): readonly Conversion[] {
  const leaf = unavailabilityOfTimes(108_400, 4);
  const pair = shortfallProbability(2, 1, leaf);
  const dualHomed = seriesUnavailability([pair, pair, pair]);
  const quorum = shortfallProbability(3, 2, 1e-3);
  const critical = SERVICES.filter(({ runtime }) => runtime === 'Critical').length;
  const allCritical = chainUnavailability(critical, SIX_NINES);
  return [
    ...(
      [
        [2, 3],
        [3, 4],
        [4, 5],
        [8, 9],
        [2, 4],
        [6, 8],
      ] as const
    ).flatMap(([required, units]) => {
      const u = shortfallProbability(units, required, 1e-3);
      const name = `${required} of ${units} at U 0.001`;
      return rows('NC-38', [`${name}, unavailability`, u], [`${name}, nines`, nines(u)]);
    }),
    ...rows(
      'NC-39',
      ['leaf of MTBF 108 400 h, MTTR 4 h', dpm(leaf), PER_YEAR],
      ['path over single-homed leafs and two spines', dpm(seriesUnavailability([leaf, pair, leaf])), PER_YEAR],
      ['path over dual-homed leafs and two spines', dpm(dualHomed), PER_YEAR],
      ['path over dual-homed leafs and two spines, nines', nines(dualHomed)],
    ),
    ...rows(
      'NC-40',
      ['three clouds of five nines in series', dpm(chainUnavailability(3, FIVE_NINES)), PER_YEAR],
      ['three clouds of six nines in series', dpm(chainUnavailability(3, SIX_NINES)), PER_YEAR],
    ),
    ...rows(
      'NC-41',
      [`${critical} Critical services of six nines in series, nines`, nines(allCritical)],
      [`${critical} Critical services of six nines in series`, dpm(allCritical), PER_YEAR],
      ['part of each when they share six nines', dpm(SIX_NINES / critical), PER_YEAR],
      ['part of each when they share six nines, nines', nines(SIX_NINES / critical)],
    ),
    ...rows('NC-50', ['quorum of 2 of 3 at U 0.001', dpm(quorum), PER_YEAR], ['the same, nines', nines(quorum)]),
  ];
}

function budgetChecks(): readonly Conversion[] {
  const budget = dpm(SIX_NINES);
  const count = (key: 'runtime' | 'upgrade', impact: string): Row => {
    return [`services with ${key} impact ${impact}`, SERVICES.filter((service) => service[key] === impact).length];
  };
  return [
    ...rows(
      'NC-42',
      ['coverage at λ 4/year, M 1 h for 31.536 s/year', leastCoverage(4, 1, budget)],
      ['coverage at λ 4/year, M 1 h for 157.68 s/year', leastCoverage(4, 1, 5 * budget)],
      ['coverage at λ 1/year, M 1 h for 31.536 s/year', leastCoverage(1, 1, budget)],
    ),
    ...rows(
      'NC-44',
      ...[5, 6, 7].map((count): Row => {
        return [
          `longest chain of ${count} nines that keeps five nines`,
          longestChain(Number(`1e-${count}`), FIVE_NINES),
        ];
      }),
    ),
    ...rows('NC-45', ['one manual step of 30 min a year over the 0.99999 DPM', 1_800 / dpm(FIVE_NINES)]),
    ...rows(
      'NC-47',
      ['services', SERVICES.length],
      ...['Critical', 'Major', 'Minor', 'N/A'].map((impact) => count('runtime', impact)),
      ...['Critical', 'Major', 'Minor'].map((impact) => count('upgrade', impact)),
    ),
    ...rows(
      'NC-48',
      ['3 s/year of 31.536 s/year', (100 * 3) / budget, '%'],
      ['15 s/year of 31.536 s/year', (100 * 15) / budget, '%'],
      ['both of 31.536 s/year', (100 * 18) / budget, '%'],
    ),
    ...rows(
      'NC-49',
      ...[0.05, 1, 5, 15].map(
        (seconds): Row => [`failovers of ${seconds} s in 31.536 s/year`, budget / seconds, '1/year'],
      ),
    ),
  ];
}
