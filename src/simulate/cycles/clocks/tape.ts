/**
 * Every duration and branch an incident has drawn, in their order, so that it can be played again up to any of its events and
 * go on differently from there.
 */
export class Tape {
  /** Likelihood ratio of everything drawn (or played again) since the driver last set it to 1. */
  likelihood = 1;
  /** How many have been drawn or played again. */
  position = 0;
  private recorded = 0;
  private values: Float64Array = new Float64Array(1024);
  private ratios: Float64Array = new Float64Array(1024);
  /** Where what is learned of it stands, −1 for what was drawn as it falls. */
  private rows: Int32Array = new Int32Array(1024);

  /** A new incident. */
  erase(): void {
    this.recorded = 0;
  }

  /** From here on the incident goes on differently: forgets what comes after the present position. */
  cut(): void {
    this.recorded = this.position;
  }

  /** To be played again from its start. */
  rewind(): void {
    this.position = 0;
  }

  get isPlaying(): boolean {
    return this.position < this.recorded;
  }

  play(): number {
    this.likelihood *= this.ratios[this.position]!;
    return this.values[this.position++]!;
  }

  valueAt(position: number): number {
    return this.values[position]!;
  }

  rowAt(position: number): number {
    return this.rows[position]!;
  }

  record(value: number, ratio: number, row: number): void {
    if (this.recorded === this.values.length) this.extend();
    this.values[this.recorded] = value;
    this.ratios[this.recorded] = ratio;
    this.rows[this.recorded] = row;
    this.recorded++;
    this.position++;
    this.likelihood *= ratio;
  }

  private extend(): void {
    const length = 2 * this.values.length;
    const { values, ratios, rows } = this;
    this.values = new Float64Array(length);
    this.values.set(values);
    this.ratios = new Float64Array(length);
    this.ratios.set(ratios);
    this.rows = new Int32Array(length);
    this.rows.set(rows);
  }
}
