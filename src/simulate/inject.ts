import { compile } from '../compile/compile.ts';
import type { CompiledModel } from '../compile/model.ts';
import { CloudProcess } from '../dynamics/process.ts';
import { run } from '../kernel/run.ts';
import { InputError } from '../model/problem.ts';
import type { Trace } from '../model/result.ts';
import type { Injection, Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import { ScriptClocks } from './script-clocks.ts';
import { TraceWatch } from './trace-watch.ts';

/** Simulated instant of the script's origin: late enough for anything scripted to come before it. */
const ORIGIN = MICROSECONDS_PER_YEAR;

/** One scripted strike, or the end of one. */
interface Strike {
  readonly at: number;
  readonly mode: number;
  readonly until: number | undefined;
}

/**
 * Runs a script of faults against the scenario, step by step and without randomness (see ScriptClocks), and returns
 * what happened. The script's first fault at time 0 (else its first) is the one the marks belong to.
 *
 * @throws InputError when the script names an element, member or mode that does not exist.
 */
export function inject(scenario: Scenario, digest: string, script: readonly Injection[]): Trace {
  const model = compile(scenario);
  const strikes = script.flatMap((injection) => resolve(injection, model, scenario));
  const clocks = new ScriptClocks(model, strikes.length);
  const watch = new TraceWatch(model, scenario, ORIGIN);
  const process = new CloudProcess(model, clocks, watch);
  process.reset();
  watch.begin(process.world);
  const main = mainInjection(script);
  strikes.forEach((strike, i) => {
    clocks.timers.arm(model.slots.count + i, ORIGIN + Math.round(strike.at * MICROSECONDS_PER_SECOND));
  });
  const handler = {
    fire: (slot: number, now: number): void => {
      clocks.now = now;
      if (slot < model.slots.count) {
        process.fire(slot, now);
        return;
      }
      const strike = strikes[slot - model.slots.count]!;
      hold(model, clocks, strike);
      process.fire(strike.mode, now);
    },
  };
  process.world.now = run(clocks.timers, handler, 2 * ORIGIN).now;
  return watch.trace(digest, main.element, script);
}

function mainInjection(script: readonly Injection[]): Injection {
  const main = script.find((injection) => injection.at === 0) ?? script[0];
  if (main === undefined) {
    throw new InputError([{ level: 'error', code: 'empty-script', message: 'the script injects nothing' }]);
  }
  return main;
}

/** A strike that lasts until a given time: what brings the element back ends then. */
function hold(model: CompiledModel, clocks: ScriptClocks, strike: Strike): void {
  if (strike.until === undefined) return;
  const track = model.elements.track[model.modes.element[strike.mode]!]!;
  if (track < 0) return;
  clocks.dictate(model.tracks.firstSlot + track, ORIGIN + Math.round(strike.until * MICROSECONDS_PER_SECOND));
}

function resolve(injection: Injection, model: CompiledModel, scenario: Scenario): Strike[] {
  return targets(injection.element, model, scenario).map((element) => {
    const first = model.elements.modeStart[element]!;
    const end = model.elements.modeStart[element + 1]!;
    const modes = model.names.modes.slice(first, end);
    const index = injection.mode === undefined ? 0 : modes.indexOf(injection.mode);
    if (index < 0 || first === end) {
      throw new InputError([
        {
          level: 'error',
          code: 'unknown-mode',
          message: `${model.names.elements[element]} has no failure mode ${JSON.stringify(injection.mode ?? '')}`,
          hint: modes.length === 0 ? 'it never fails; give it failures' : `its modes are ${modes.join(', ')}`,
        },
      ]);
    }
    return { at: injection.at, mode: first + index, until: injection.until };
  });
}

/** Elements behind a name: an element, all instances of a control function, or a member of a group by role or number. */
function targets(name: string, model: CompiledModel, scenario: Scenario): number[] {
  const { names, seats, groups } = model;
  const direct = names.elements.indexOf(name);
  if (direct >= 0) return [direct];
  const control = scenario.control[name];
  if (control !== undefined) {
    return Array.from({ length: control.instances }, (_, i) => names.elements.indexOf(`${name}-${i + 1}`));
  }
  const [group = '', role = ''] = splitLast(name);
  const index = names.groups.indexOf(group);
  if (index >= 0) {
    const first = groups.seatStart[index]!;
    const seat = role === 'active' ? first : role === 'standby' ? first + 1 : names.seats.indexOf(name);
    if (seat >= first && seat < groups.seatStart[index + 1]!) return [seats.layer[seats.layerStart[seat + 1]! - 1]!];
  }
  throw new InputError([
    {
      level: 'error',
      code: 'unknown-element',
      message: `nothing is called ${JSON.stringify(name)}`,
      hint: `elements are ${names.elements.slice(0, 12).join(', ')}${names.elements.length > 12 ? ', …' : ''}; members ${names.groups.map((id) => `${id}/active`).join(', ') || 'none'}`,
    },
  ]);
}

function splitLast(name: string): readonly [string, string] {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)];
}
