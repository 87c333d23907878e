import type { LengthBin } from '../model/picture.ts';
import type { QuantileSketch } from './statistics/sketch.ts';

const BINS_PER_DECADE = 5;

/** Outages by length on a logarithmic scale, of `perYear` outages a year of the lengths (s) in the sketch. */
export function lengthBins(sketch: QuantileSketch, perYear: number): readonly LengthBin[] {
  const { values, weights } = sketch.severities();
  const bins = new Map<number, { outages: number; seconds: number }>();
  for (let i = 0; i < values.length; i++) {
    const bin = Math.ceil(Math.log10(Math.max(values[i]!, 1e-6)) * BINS_PER_DECADE - 1e-9);
    const known = bins.get(bin) ?? { outages: 0, seconds: 0 };
    known.outages += weights[i]!;
    known.seconds += weights[i]! * values[i]!;
    bins.set(bin, known);
  }
  const scale = perYear / sketch.weight;
  const edge = (bin: number): number => Number((10 ** (bin / BINS_PER_DECADE)).toPrecision(6));
  return [...bins]
    .sort((a, b) => a[0] - b[0])
    .map(([bin, { outages, seconds }]) => ({
      from: edge(bin - 1),
      to: edge(bin),
      perYear: outages * scale,
      secondsPerYear: seconds * scale,
    }));
}
