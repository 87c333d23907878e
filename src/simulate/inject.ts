import { compile } from '../compile/compile.ts';
import type { CompiledModel } from '../compile/model.ts';
import { CloudProcess } from '../dynamics/process.ts';
import { run } from '../kernel/run.ts';
import { InputError } from '../model/problem.ts';
import type { Trace } from '../model/result.ts';
import { type Injection, MEMBER_OPERATIONS, type Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import { change, memberTarget, withChanges } from './member-changes.ts';
import { ScriptClocks } from './script-clocks.ts';
import { elementOf, mainInjection, type Strike } from './scripted-strike.ts';
import { ScriptedTests } from './scripted-tests.ts';
import { TraceWatch } from './trace-watch.ts';

/** Simulated instant of the script's origin: late enough for anything scripted to come before it. */
const ORIGIN = MICROSECONDS_PER_YEAR;

/**
 * Runs a script of faults against the scenario, step by step and without randomness (see ScriptClocks), and returns
 * what happened. The script's first fault at time 0 (else its first) is the one the marks belong to.
 *
 * @throws InputError when the script names an element, member or mode that does not exist.
 */
export function inject(written: Scenario, digest: string, script: readonly Injection[]): Trace {
  const scenario = withChanges(written, script);
  const model = compile(scenario);
  const strikes = script.flatMap((injection) => resolve(injection, model, scenario));
  const clocks = new ScriptClocks(model, 2 * strikes.length);
  const watch = new TraceWatch(model, scenario, ORIGIN);
  const process = new CloudProcess(model, clocks, watch);
  watch.attach(process.world);
  process.reset();
  const main = mainInjection(script);
  const scripted = (seconds: number): number => ORIGIN + Math.round(seconds * MICROSECONDS_PER_SECOND);
  watch.begin(scripted(Math.min(...script.map(({ at }) => at))));
  const first = model.slots.count;
  strikes.forEach((strike, i) => {
    clocks.timers.arm(first + i, scripted(strike.at));
    if (strike.until !== undefined) clocks.timers.arm(first + strikes.length + i, scripted(strike.until));
  });
  const struck = new Int32Array(strikes.length);
  const scriptedModes = strikes.map(({ element, mode }) =>
    typeof element === 'number' && mode >= 0 ? model.elements.modeStart[element]! + mode : -1,
  );
  const tests = new ScriptedTests(model, clocks.timers, scriptedModes);
  const handler = {
    fire: (slot: number, now: number): void => {
      clocks.now = now;
      const index = slot - first;
      if (index < 0) {
        process.fire(slot, now);
        tests.fired(slot, now, process.world.quiescent);
      } else if (index < strikes.length) {
        const strike = strikes[index]!;
        if (MEMBER_OPERATIONS.some((operation) => operation === strike.does)) {
          change(process, strike, now);
          return;
        }
        if (strike.does === 'reconfigure') {
          process.reconfigure(groupOf(strike), true, now);
          return;
        }
        const element = elementOf(strike, process.world);
        struck[index] = element;
        if (strike.does === 'start') {
          process.begin(model.elements.seat[element]!, now);
          return;
        }
        // Nothing else brings back what the script brings back.
        if (strike.until !== undefined) clocks.hold(model.tracks.firstSlot + model.elements.track[element]!);
        process.fire(model.elements.modeStart[element]! + strike.mode, now);
        tests.struck(now);
      } else if (strikes[index - strikes.length]!.does === 'reconfigure') {
        process.reconfigure(groupOf(strikes[index - strikes.length]!), false, now);
      } else {
        const element = struck[index - strikes.length]!;
        clocks.release(model.tracks.firstSlot + model.elements.track[element]!);
        process.restore(element, now);
      }
    },
  };
  process.world.now = run(clocks.timers, handler, 2 * ORIGIN).now;
  return watch.trace(digest, main.element, script);
}

function groupOf({ element }: Strike): number {
  if (typeof element === 'number') throw new Error('only groups are configured anew');
  return element.group;
}

function resolve(injection: Injection, model: CompiledModel, scenario: Scenario): Strike[] {
  const { at, until, operation, start = false, reconfigure = false } = injection;
  if (operation !== undefined) {
    const element = memberTarget(injection, operation, model, scenario);
    return [{ at, until: undefined, element, mode: -1, does: operation }];
  }
  if (reconfigure) {
    const group = model.names.groups.indexOf(injection.element);
    if (group >= 0) return [{ at, until, element: { group, role: 'active' }, mode: -1, does: 'reconfigure' }];
    throw problem('unknown-element', `there is no group ${JSON.stringify(injection.element)}`, 'name a group');
  }
  return targets(injection.element, model, scenario).map((target) => {
    // Members of a group are alike: the first one stands for whoever has the role.
    const element = typeof target === 'number' ? target : innermostLayer(model, model.groups.seatStart[target.group]!);
    if (start && model.elements.seat[element]! < 0) {
      const hint = 'name a member of a group, for example <group>/active';
      throw problem('cannot-start', `${injection.element} is no instance that somebody watches`, hint);
    }
    if (until !== undefined && model.elements.track[element]! < 0) {
      throw problem(
        'cannot-end',
        `${injection.element} cannot come back at a given time: its group replaces it, or it has no repair`,
        'leave "until" away, or strike its node',
      );
    }
    return {
      at,
      until,
      element: target,
      mode: start ? -1 : modeOf(injection, element, model),
      does: start ? 'start' : 'fail',
    };
  });
}

function modeOf({ mode }: Injection, element: number, model: CompiledModel): number {
  const modes = model.names.modes.slice(model.elements.modeStart[element]!, model.elements.modeStart[element + 1]!);
  const index = mode === undefined ? 0 : modes.indexOf(mode);
  if (index >= 0 && modes.length > 0) return index;
  throw problem(
    'unknown-mode',
    `${model.names.elements[element]} has no failure mode ${JSON.stringify(mode ?? '')}`,
    modes.length === 0 ? 'it never fails; give it failures' : `its modes are ${modes.join(', ')}`,
  );
}

/** What a name means: an element, all instances of a control function, or a member of a group by number or role. */
function targets(name: string, model: CompiledModel, scenario: Scenario): Strike['element'][] {
  const { names, groups } = model;
  const direct = names.elements.indexOf(name);
  if (direct >= 0) return [direct];
  const control = scenario.control[name];
  if (control !== undefined) {
    return Array.from({ length: control.instances }, (_, i) => names.elements.indexOf(`${name}-${i + 1}`));
  }
  const seat = names.seats.indexOf(name);
  if (seat >= 0) return [innermostLayer(model, seat)];
  const [id = '', role = ''] = splitLast(name);
  const group = names.groups.indexOf(id);
  const members = group < 0 ? 0 : groups.seatStart[group + 1]! - groups.seatStart[group]!;
  if (role === 'active' && members > 0) return [{ group, role }];
  if (role === 'standby' && members > groups.carriers[group]!) return [{ group, role }];
  throw problem(
    'unknown-element',
    `nothing is called ${JSON.stringify(name)}`,
    `elements are ${names.elements.slice(0, 12).join(', ')}${names.elements.length > 12 ? ', …' : ''}; members ${names.groups.map((each) => `${each}/active`).join(', ') || 'none'}`,
  );
}

function innermostLayer({ seats }: CompiledModel, seat: number): number {
  return seats.layer[seats.layerStart[seat + 1]! - 1]!;
}

function problem(code: string, message: string, hint: string): InputError {
  return new InputError([{ level: 'error', code, message, hint }]);
}

function splitLast(name: string): readonly [string, string] {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)];
}
