/** Names of pieces of finished work (`model/part.ts`): all that their numbers depend on beside scenario, seed, years and version. */
export const historyName = (index: number): string => `history/${index}`;

/** @param precision the one aimed at: it decides how long the pilot is */
export function batchName(
  service: string,
  precision: number,
  { stage, stratum, first }: { readonly stage: number; readonly stratum: number; readonly first: number },
): string {
  return `cycles/${service}/${precision}/${stage}/${stratum}/${first}`;
}
