import { describe, expect, it } from 'vitest';
import type { AvailabilityFigures } from '../../src/analytic/chain/measures.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { CloudProcess } from '../../src/dynamics/process.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { HistoryClocks } from '../../src/simulate/history-clocks.ts';
import {
  atLeast,
  element,
  exponential,
  fixed,
  HOUR,
  mode,
  policy,
  repair,
  scenario,
  service,
} from './support/build.ts';
import { type SolvedScenario, solve } from './support/chain.ts';
import { readExample } from './support/files.ts';

/** Ten significant digits, or as many as are printed. */
function digits(found: number, printed: number, relative = 1e-10): void {
  expect(Math.abs(found / printed - 1), `${found} against ${printed}`).toBeLessThan(relative);
}

describe('reference: active-standby pair with a controller (methods 7.2)', () => {
  const solved = solve(readExample('pair-chain').scenario);
  const pair = solved.figures(0);

  it('unavailability, frequency and mean times', () => {
    digits(pair.unavailability, 2.87741251317837e-5);
    digits(pair.frequencyPerHour, 9.99971225874868e-4);
    digits(pair.mdtHours, 0.0287749531059);
    digits(pair.mutHours, 1000);
  });

  it('probabilities of the lumped states', () => {
    const lumped = lumpedStates(solved);
    digits(lumped.get('OK,1')!, 0.998987060430745);
    digits(lumped.get('F,0')!, 1.25379954505036e-7);
    digits(lumped.get('BL,0')!, 1.03957261912734e-13);
    digits(lumped.get('B,0')!, 2.42454188033683e-10);
    expect([...lumped.keys()].length).toBe(18);
  });

  it('perfect coverage and failover; a controller that does not fail', () => {
    const perfect = readExample('pair-chain', undefined, [
      'groups.pair.detection.coverage=100 %',
      'groups.pair.probabilities.switch=100 %',
    ]);
    digits(solve(perfect.scenario).figures(0).unavailability, 3.82134385023493e-6);
    const reliable = readExample('pair-chain', undefined, ['control.functions.mano.failures.outage.mtbf=1e30 h']);
    digits(solve(reliable.scenario).figures(0).unavailability, 2.86484779526419e-5);
  });
});

/** Probability of each state of methods 3.3, read off the generated states. */
function lumpedStates({ model, space, probability }: SolvedScenario): Map<string, number> {
  const { world: w } = new CloudProcess(model, new HistoryClocks(model, 'unused'), new SilentObserver());
  const controller = model.names.elements.indexOf('mano');
  const lumped = new Map<string, number>();
  for (let state = 0; state < space.chain.states; state++) {
    const column = (at: number): number => space.vectors[state * space.width + at]!;
    const connected = column(w.connectedAt);
    const other = 1 - connected;
    const down = (seat: number): boolean => column(w.downAt + seat) === 1;
    const known = (seat: number): boolean => column(w.knownAt + seat) === 1;
    const manual = column(w.trackStepAt + model.seats.manual[connected]!) !== 0;
    const both = down(connected) && down(other);
    const name = both
      ? known(connected)
        ? 'B'
        : 'BL'
      : down(connected)
        ? manual
          ? 'M'
          : known(connected)
            ? 'F'
            : column(w.coveredAt + connected) === 1
              ? 'D'
              : 'X'
        : down(other)
          ? known(other)
            ? 'S'
            : 'L'
          : 'OK';
    const key = `${name},${column(w.failedModeAt + controller) === 0 ? 1 : 0}`;
    lumped.set(key, (lumped.get(key) ?? 0) + probability[state]!);
  }
  return lumped;
}

describe('reference: telco model with one pair (methods 7.6)', () => {
  it('unavailability, frequency and mean down time', () => {
    const voice = solve(readExample('telco-pair').scenario).figures(0);
    digits(voice.unavailability, 8.56466315168e-6);
    digits(voice.frequencyPerHour, 9.17801158389e-4);
    digits(voice.mdtHours, 0.009331719701);
  });

  it('laws other than exponential are refused by name', () => {
    const general = readExample('telco-pair', 'general').scenario;
    expect(() => solve(general)).toThrow(InputError);
    expect(() => solve(general)).toThrow(/exact chain needs exponential/);
  });
});

describe('reference: k of n with repair crews (methods 7.3)', () => {
  /** `units` with failure rate 2e-4/h and repair rate 0.25/h by `crews`, `k` of them needed. */
  const figures = (k: number, units: number, crews: number): AvailabilityFigures => {
    const fault = mode(exponential(HOUR / 2e-4), repair(exponential(HOUR / 0.25)));
    return solve(poolOf(k, units, crews, fault)).figures(0);
  };

  it.each([
    [1, 2, 1, 1.2779536384e-6],
    [1, 2, 2, 6.38977227491e-7],
    [2, 3, 1, 3.83385601179e-6],
    [2, 3, 3, 1.91591013614e-6],
    [4, 5, 1, 1.27794872716e-5],
    [8, 10, 2, 9.16825591517e-8],
    [10, 12, 12, 1.11765331008e-7],
  ])('%i of %i, %i crews: U = %d', (k, units, crews, unavailability) => {
    digits(figures(k, units, crews).unavailability, unavailability, 5e-11);
  });

  it('frequencies', () => {
    digits(figures(1, 2, 1).frequencyPerHour, 3.19488409599e-7);
    digits(figures(8, 10, 2).frequencyPerHour, 4.57129754381e-8);
  });

  it('who is served first does not matter to equal units', () => {
    const fault = mode(exponential(HOUR / 2e-4), repair(exponential(HOUR / 0.25)));
    const inOrder = solve(poolOf(2, 3, 1, fault, 'element-order')).figures(0);
    const inTurn = solve(poolOf(2, 3, 1, fault, 'first-come')).figures(0);
    digits(inTurn.unavailability, inOrder.unavailability, 1e-12);
  });
});

function poolOf(
  k: number,
  units: number,
  crews: number,
  fault: ReturnType<typeof mode>,
  discipline: 'element-order' | 'first-come' = 'element-order',
): Scenario {
  return scenario({
    repair: { crew: policy({ crews, discipline }) },
    elements: { unit: element([fault], { count: units }) },
    services: { pool: service(atLeast(k, 'unit')) },
  });
}

describe('the chain generator refuses what it cannot carry', () => {
  const refusal = (of: Scenario): string => {
    try {
      solve(of);
    } catch (error) {
      if (error instanceof InputError) return `${error.problems[0]!.code}: ${error.problems[0]!.message}`;
      throw error;
    }
    return 'solved';
  };

  it('a law that is not memoryless, naming whose clock it is', () => {
    const fault = mode(exponential(1000 * HOUR), repair(fixed(4 * HOUR)));
    expect(refusal(poolOf(1, 2, 2, fault))).toBe(
      'not-exponential: unit-1 (restore) has a deterministic law; an exact chain needs exponential ones',
    );
  });

  it('repairs dispatched on restoration, which depend on the root of each outage', () => {
    const fault = mode(exponential(1000 * HOUR), repair(exponential(4 * HOUR)));
    const pooled = poolOf(1, 2, 2, fault);
    const dispatched = { ...pooled, repair: { crew: policy({ dispatch: 'restoration' }) } };
    expect(refusal(dispatched)).toMatch(/^not-memoryless: repairs are dispatched when services are restored/);
  });

  it('too many states', () => {
    const fault = mode(exponential(1000 * HOUR), repair(exponential(4 * HOUR)));
    expect(() => solve(poolOf(1, 8, 8, fault), 100)).toThrow(/more than 100 states/);
  });
});
