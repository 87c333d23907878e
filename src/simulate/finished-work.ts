/**
 * Pieces of work that are finished, by name: what an interrupted run goes on from, and what the parts of a run bring
 * together. A name says all that the numbers depend on beside scenario, seed, years and version.
 */
export interface FinishedWork {
  /** What was finished before. */
  readonly find: (name: string) => Float64Array | undefined;
  /** Called with each piece that was not known, in the order in which they are needed. */
  readonly keep: (name: string, numbers: Float64Array) => void;
}

export const historyName = (index: number): string => `history/${index}`;

/** @param precision the one aimed at: it decides how long the pilot is */
export function batchName(
  service: string,
  precision: number,
  { stage, stratum, first }: { readonly stage: number; readonly stratum: number; readonly first: number },
): string {
  return `cycles/${service}/${precision}/${stage}/${stratum}/${first}`;
}
