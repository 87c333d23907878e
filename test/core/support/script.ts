import { compile } from '../../../src/compile/compile.ts';
import { SilentObserver } from '../../../src/dynamics/observer.ts';
import type { Trace } from '../../../src/model/result.ts';
import type { Injection, Scenario } from '../../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../../../src/model/time.ts';
import { inject } from '../../../src/simulate/inject.ts';
import { drive } from './driver.ts';

/** A scripted run of a scenario built by hand; branches go the likelier way, so 0.4 is a failure. */
export const play = (scenario: Scenario, ...script: readonly Injection[]): Trace => inject(scenario, 'script', script);

/** [seconds, entity, step, outcome] of the steps with one of these names, all of them without names. */
export function steps({ steps }: Trace, ...names: readonly string[]): [number, string, string, string][] {
  return steps
    .filter(({ step }) => names.length === 0 || names.includes(step))
    .map(({ t, entity, step, outcome }) => [t, entity, step, outcome]);
}

/** How each failover ended, in order. */
export const failovers = (trace: Trace): string[] => steps(trace, 'failover').map(([, , , outcome]) => outcome);

/** [seconds, what was lost] of a service, in order. */
export const losses = (trace: Trace, service: string): [number, number][] =>
  trace.steps
    .filter(({ step, entity }) => step === 'service' && entity === service)
    .map(({ t, outcome }) => [t, Number(outcome.replace('lost ', ''))]);

/** What happened in a natural history whose laws leave nothing to chance: `seconds what name`. */
export function diary(scenario: Scenario, untilSeconds: number): string[] {
  const model = compile(scenario);
  const { names } = model;
  const lines: string[] = [];
  const note = (now: number, what: string, name: string): void => {
    lines.push(`${now / MICROSECONDS_PER_SECOND} ${what} ${name}`);
  };
  class Diary extends SilentObserver {
    override failed(now: number, mode: number): void {
      note(now, 'fails', names.elements[model.modes.element[mode]!]!);
    }
    override elementChanged(now: number, element: number, up: boolean): void {
      note(now, up ? 'up' : 'down', names.elements[element]!);
    }
    override memberFailed(now: number, seat: number, serving: boolean): void {
      note(now, serving ? 'serving member falls' : 'standby falls', names.seats[seat]!);
    }
    override stepChanged(now: number, track: number, step: number, outcome: string): void {
      const { tracks } = model;
      const isElement = tracks.kind[track] === 0;
      const owner = (isElement ? names.elements : names.seats)[tracks.owner[track]!]!;
      note(now, `${names.steps[step]!.id} ${outcome}`, owner);
    }
  }
  drive(model, 'diary', new Diary()).history(0, untilSeconds * MICROSECONDS_PER_SECOND);
  return lines;
}
