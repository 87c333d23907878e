/** A colour zone of the chain tables: from `fromNines` up to where the next one begins. */
export interface ChainZone {
  readonly name: string;
  readonly fromNines: number;
  readonly source: string;
}

/** Zones of the chain tables in ascending order; the source's own are lost with its picture. */
export const CHAIN_ZONES: readonly ChainZone[] = [
  { name: 'red', fromNines: 0, source: '[EA] B-41' },
  { name: 'yellow', fromNines: 4, source: '[EA] B-41: "yellow and light green zones"' },
  { name: 'light green', fromNines: 5, source: '[EA] B-41: "yellow and light green zones"' },
  { name: 'dark green', fromNines: 6, source: '[EA] B-41' },
];

/** Chain lengths and element classes (in nines) of the tables. */
export const CHAIN_LENGTHS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100];
export const CHAIN_ELEMENT_NINES: readonly number[] = [3, 4, 5, 6, 7, 8, 9];
