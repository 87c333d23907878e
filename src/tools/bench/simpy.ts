import { execFileSync } from 'node:child_process';
import { farm, farmAvailability } from './farm.ts';
import { phases } from './phases.ts';
import { assert, assertClose, type Row, type Suite } from './suite.ts';

/** A Python that can import SimPy; where SimPy lies is the business of PYTHONPATH. */
const PYTHON = process.env['SIMPY_PYTHON'];
const EVENTS = 5_000_000;
/** SimPy takes some five seconds to them, and has no start that would have to be made up for. */
const SIMPY_EVENTS = 1_000_000;
const REPETITIONS = 3;

/** Models A and B on the kernel and as SimPy processes, in turn: how many times the events per second of processor time. */
export const simpySuite: Suite = {
  name: 'simpy',
  reference: 'the same models as SimPy processes, events a second of processor time',
  long: true,
  run(): Row[] {
    if (PYTHON === undefined)
      return [{ name: 'A and B', work: 'nothing', check: 'SIMPY_PYTHON names no Python with SimPy' }];
    const rows = [10, 1_000, 100_000].map((n) =>
      row(
        `A: ${n} repairable components`,
        () => farm(n, EVENTS),
        ['farm.py', `${n}`],
        (availability) => {
          // Runs that start all up have a bias of one over the cycles of a component.
          const tolerance = 4 * Math.sqrt(4 / SIMPY_EVENTS) + (4 * n) / SIMPY_EVENTS;
          assertClose(1 - availability, 1 - farmAvailability(n), tolerance, `farm of ${n} by SimPy`);
        },
      ),
    );
    return [...rows, row('B: cancellable phases', () => phases(EVENTS), ['phases.py'], arePhases)];
  },
};

function arePhases(pairsDown: number, eventsPerHour: number): void {
  // The mean is 0.0022; five times fewer events than where it is held between 0.0021 and 0.0023.
  assert(pairsDown > 0.0019 && pairsDown < 0.0025, `phases by SimPy: ${pairsDown} pairs down, not 0.0022`);
  assertClose(eventsPerHour, 60, 0.02, 'events an hour by SimPy');
}

function row(
  name: string,
  build: () => () => unknown,
  program: readonly string[],
  check: (figure: number, other: number) => void,
): Row {
  let own = 0;
  let reference = 0;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const work = build();
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    own = Math.max(own, EVENTS / ((user + system) / 1e6));
    const [events, seconds, figure, other] = bySimpy(program);
    check(figure!, other!);
    reference = Math.max(reference, events! / seconds!);
  }
  const [file, ...rest] = program;
  assert(own > 0 && reference > 0, `${[file, ...rest].join(' ')} simulated nothing`);
  const millions = (perSecond: number): string => (perSecond / 1e6).toFixed(2);
  return {
    name,
    work: `${EVENTS} events, ${SIMPY_EVENTS} of SimPy`,
    ratio: own / reference,
    check: `${millions(own)} and ${millions(reference)} M events a second`,
  };
}

/** What a program prints: events, seconds of processor time, and two figures of the model. */
function bySimpy([file, ...rest]: readonly string[]): number[] {
  const program = `src/tools/bench/simpy/${file}`;
  const printed = execFileSync(PYTHON!, [program, ...rest, `${SIMPY_EVENTS}`], { encoding: 'utf8' });
  return printed.trim().split(' ').map(Number);
}
