import { farm, farmAvailability } from './farm.ts';
import { phases } from './phases.ts';
import { referenceFarm, referencePhases } from './reference.ts';
import { assert, type Row, ratio, type Suite } from './suite.ts';

const EVENTS = 5_000_000;

/** Models A and B on the kernel's public parts, against hand-written loops over the same models. */
export const kernelSuite: Suite = {
  name: 'kernel',
  reference: 'a hand-written loop over the same model: one generator, no laws, no streams, no order at equal times',
  run: () => [...[10, 1_000, 100_000].map(farmRow), phasesRow()],
};

function farmRow(n: number): Row {
  const { events, availability } = farm(n, EVENTS)();
  const exact = farmAvailability(n);
  assert(events === EVENTS, `farm of ${n}: ${events} events instead of ${EVENTS}`);
  // Each of the EVENTS / 2 down times adds an exponential error; runs that start all up add a bias of 1 / cycles.
  const cyclesEach = EVENTS / 2 / n;
  const tolerance = (1 - exact) * (4 * Math.sqrt(2 / (EVENTS / 2)) + 2 / cyclesEach);
  assert(Math.abs(availability - exact) < tolerance, `farm of ${n}: availability ${availability}, exact ${exact}`);
  return {
    name: `A: ${n} repairable components`,
    work: `${events} events`,
    ratio: ratio(
      () => farm(n, EVENTS),
      () => () => referenceFarm(n, EVENTS),
    ),
    check: `availability ${availability.toFixed(5)} (exact ${exact.toFixed(5)})`,
  };
}

function phasesRow(): Row {
  const { events, pairsDown, eventsPerHour, cancelsPerEvent } = phases(EVENTS)();
  assert(events === EVENTS, `phases: ${events} events instead of ${EVENTS}`);
  assert(pairsDown > 0.0021 && pairsDown < 0.0023, `phases: ${pairsDown} pairs down, not 0.0021 to 0.0023`);
  assert(Math.abs(eventsPerHour - 60) < 1, `phases: ${eventsPerHour} events per hour, not 60`);
  assert(Math.abs(cancelsPerEvent - 0.165) < 0.005, `phases: ${cancelsPerEvent} cancels per event, not 0.165`);
  return {
    name: 'B: cancellable phases',
    work: `${events} events`,
    ratio: ratio(
      () => phases(EVENTS),
      () => () => referencePhases(EVENTS),
    ),
    check: `${pairsDown.toFixed(5)} pairs down (0.0021 to 0.0023), ${eventsPerHour.toFixed(1)} events an hour (60)`,
  };
}
