import type { CompiledModel } from '../../../compile/model.ts';
import { rootKey, Streams, streamKey } from '../../../kernel/streams.ts';
import { HistoryClocks } from '../../history-clocks.ts';
import type { FixedAges } from '../fixed-ages.ts';

/** Natural clocks that know how long every failure clock has run since it was last renewed. */
export class AgeingClocks extends HistoryClocks {
  /** NaN: counted from new as soon as it runs; only of what strikes at fixed ages. */
  private readonly ages: Float64Array;
  private readonly from: Float64Array;
  private readonly runs: Float64Array;
  private readonly chance: Streams;
  private readonly fixed: readonly (FixedAges | undefined)[];
  private readonly fixedModes: readonly number[];

  constructor(model: CompiledModel, seed: string, fixed: readonly (FixedAges | undefined)[]) {
    super(model, seed);
    this.ages = new Float64Array(model.modes.count);
    this.from = new Float64Array(model.modes.count);
    this.runs = new Float64Array(model.modes.count);
    this.chance = new Streams(Uint32Array.from(streamKey('roots', 'which')), rootKey(seed));
    this.fixed = fixed;
    this.fixedModes = [...fixed.keys()].filter((mode) => fixed[mode] !== undefined);
  }

  override begin(index: number): void {
    super.begin(index);
    this.ages.fill(0);
    for (const mode of this.fixedModes) this.ages[mode] = Number.NaN;
    this.from.fill(0);
    this.runs.fill(0);
  }

  override pace(mode: number, factor: number): void {
    if (Number.isNaN(this.ages[mode]!)) {
      if (factor > 0) this.ages[mode] = this.fixed[mode]!.beginsAt(this.now);
    } else this.ages[mode]! += (this.now - this.from[mode]!) * this.runs[mode]!;
    this.from[mode] = this.now;
    this.runs[mode] = factor;
    super.pace(mode, factor);
  }

  override renew(mode: number): void {
    const ages = this.fixed[mode];
    this.ages[mode] = ages === undefined ? 0 : this.runs[mode]! > 0 ? ages.beginsAt(this.now) : Number.NaN;
    this.from[mode] = this.now;
    super.renew(mode);
  }

  /** Ages at `time` if nothing happens until then. */
  agesAt(time: number): Float64Array {
    return this.ages.map((age, mode) => age + (time - this.from[mode]!) * this.runs[mode]!);
  }

  /** Modes with fixed ages whose clocks run out at `time`, µs. */
  dueAt(time: number): readonly number[] {
    return this.fixedModes.filter((mode) => this.timers.timeOf(mode) === time);
  }

  /** A number of [0, 1) that no clock has a part in. */
  uniform(): number {
    return this.chance.next53(0);
  }
}
