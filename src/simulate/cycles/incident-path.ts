/** The course of an incident after its last forced failure, while no further failure strikes: piecewise constant. */
export class IncidentPath {
  count = 0;
  /** Start (µs) and length (µs) of each interval. */
  starts = new Float64Array(256);
  lengths = new Float64Array(256);
  /** Mean total failure rate during it, 1/µs. */
  rates = new Float64Array(256);
  /** Probability of a failure within it: e^(−hazard before)·(1 − e^(−rate·length)). */
  masses = new Float64Array(256);
  /** Likelihood ratio of what was drawn since the forced failure, up to its start. */
  ratios = new Float64Array(256);
  /** Phase events since the root of the incident, up to its start. */
  events = new Int32Array(256);
  /** Law of the phase that ends it. */
  laws = new Int32Array(256);
  /** Mode that may strike at its start and at no other instant of it, in an interval of no length; −1: any, at any. */
  modes = new Int32Array(256).fill(-1);
  /** Σ masses, hazard until now, and the probability that no failure has struck by then. */
  mass = 0;
  hazard = 0;
  survival = 1;

  clear(): void {
    this.count = 0;
    this.mass = 0;
    this.hazard = 0;
    this.survival = 1;
  }

  /** @param hazard failures to be expected during it */
  add(start: number, length: number, hazard: number, ratio: number, events: number, law: number): void {
    if (this.count === this.starts.length) this.extend();
    const at = this.count++;
    const mass = this.survival * -Math.expm1(-hazard);
    this.starts[at] = start;
    this.lengths[at] = length;
    this.rates[at] = length > 0 ? hazard / length : 0;
    this.masses[at] = mass;
    this.ratios[at] = ratio;
    this.events[at] = events;
    this.laws[at] = law;
    this.modes[at] = -1;
    this.mass += mass;
    this.hazard += hazard;
    this.survival = Math.exp(-this.hazard);
  }

  /** An instant at which `mode` fails with probability `chance`. */
  addInstant(time: number, mode: number, chance: number, ratio: number, events: number, law: number): void {
    this.add(time, 0, -Math.log1p(-chance), ratio, events, law);
    this.modes[this.count - 1] = mode;
  }

  private extend(): void {
    const longer = (array: Float64Array): Float64Array<ArrayBuffer> => {
      const copy = new Float64Array(2 * array.length);
      copy.set(array);
      return copy;
    };
    this.starts = longer(this.starts);
    this.lengths = longer(this.lengths);
    this.rates = longer(this.rates);
    this.masses = longer(this.masses);
    this.ratios = longer(this.ratios);
    const longerInts = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(2 * array.length);
      copy.set(array);
      return copy;
    };
    this.events = longerInts(this.events);
    this.laws = longerInts(this.laws);
    this.modes = longerInts(this.modes);
  }
}
