import type { CompiledModel } from '../../../compile/model.ts';
import type { Clocks } from '../../../dynamics/clocks.ts';
import type { Streams } from '../../../kernel/streams.ts';
import type { FailureClasses } from '../failure-classes.ts';
import type { PhaseClasses } from '../phase-classes.ts';
import { DRAWS, IncidentDraws } from './draws.ts';
import { FailureClocks } from './failure-clocks.ts';
import { OftenClock } from './often-clock.ts';
import { PhaseClocks } from './phase-clocks.ts';

/** Clocks of a root besides the paces of the failure clocks. */
export interface RootClocks {
  /** By mode, µs of operation. */
  readonly ages?: Float64Array | undefined;
  /** Modes that strike at the very instant of the root, too. */
  readonly due?: readonly number[] | undefined;
  /** By proof test, µs until it takes place. */
  readonly tests?: Float64Array | undefined;
}

/** Clocks of one incident: what the transition code starts, stops and asks goes to phases, failures and draws. */
export class IncidentClocks implements Clocks {
  /** Set by the driver before each event, µs. */
  now = 0;
  readonly failures: FailureClocks;
  readonly often: OftenClock;
  readonly phases: PhaseClocks;
  readonly draws: IncidentDraws;
  /** Proof tests run beside the phases: they end what is latent, and are never forced. */
  private readonly tests: readonly number[];
  private readonly isTest: Uint8Array;
  private readonly lawOfMode: Int32Array;

  constructor(model: CompiledModel, classes: FailureClasses, phases: PhaseClasses, streams: Streams, contexts: number) {
    const { tests } = classes;
    this.draws = new IncidentDraws(model, classes, streams, contexts);
    this.often = new OftenClock(classes.rates, streams, DRAWS, this.draws.tape);
    this.failures = new FailureClocks(classes, this.often);
    this.phases = new PhaseClocks(model, phases, tests.length);
    this.tests = tests;
    this.lawOfMode = model.modes.law;
    this.isTest = new Uint8Array(model.modes.count);
    for (const test of tests) this.isTest[test] = 1;
  }

  /**
   * At the root of an incident: nothing runs but the failure clocks, at `paces`, and proof tests. The tape is kept and played
   * from its start.
   *
   * @param root whose paces these are
   */
  atRoot(root: object, paces: Float64Array, { ages, due, tests }: RootClocks = {}): void {
    this.failures.atRoot(this.now, root, paces, ages, due);
    this.draws.atRoot();
    this.phases.clear();
    if (tests === undefined) return;
    for (const [i, test] of this.tests.entries()) this.phases.start(test, this.lawOfMode[test]!, this.now, tests[i]!);
  }

  start(slot: number, law: number, origin: number): void {
    this.phases.start(slot, law, this.now, this.draws.duration(law, this.now - origin));
  }

  stop(slot: number): void {
    this.phases.stop(slot, this.now);
  }

  pace(mode: number, factor: number): void {
    this.failures.pace(mode, factor, this.now);
  }

  renew(mode: number): void {
    if (this.isTest[mode] === 1) this.start(mode, this.lawOfMode[mode]!, 0);
    this.failures.renew(mode, this.now);
  }

  choose(p: number, stream: number): boolean {
    return this.draws.branch(p, stream);
  }
}
