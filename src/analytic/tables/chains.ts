import { CHAIN_ELEMENT_NINES, CHAIN_LENGTHS, CHAIN_ZONES, type ChainZone } from '../../catalogue/chain-zones.ts';
import type { Cell, Table } from '../../model/table.ts';
import { nines } from '../../model/time.ts';
import { chainUnavailability, dpm, within } from './formulas.ts';

export interface ChainTableOptions {
  /** Chain lengths; default those of the domain model's tables. */
  readonly lengths?: readonly number[];
  /** Nines of one element; default 3 … 9. */
  readonly elementNines?: readonly number[];
  /** Colour zones in ascending order. */
  readonly zones?: readonly ChainZone[];
  /** `wide`: one row per length. `long`: one row per point, ready to plot (B-42). Default `wide`. */
  readonly form?: 'wide' | 'long';
}

/** U of an element with this many nines; exact for whole nines. */
export function unavailabilityOfNines(count: number): number {
  return Number.isInteger(count) ? Number(`1e-${count}`) : 10 ** -count;
}

function unavailability(length: number, elementNines: number): number {
  const u = unavailabilityOfNines(elementNines);
  return length === 1 ? u : chainUnavailability(length, u);
}

/** Name of the highest zone whose border the value reaches; decided on U, not on rounded nines (NC-15). */
export function zoneOf(u: number, zones: readonly ChainZone[]): string | null {
  let name: string | null = null;
  for (const zone of zones) if (within(u, unavailabilityOfNines(zone.fromNines))) name = zone.name;
  return name;
}

/** Nines of a chain of N equal elements, −log10(1 − Aᴺ) (B-41, NC-16). */
export function chainNinesTable(options: ChainTableOptions = {}): Table {
  return chainTable('chain-nines', 'Nines of a chain of equal elements', nines, options, [
    'Block diagram only: perfect detection and failover are assumed, so these are upper limits (B-38).',
    'A chain is never better than its worst element (B-42). Nines of N elements ≈ nines of one − log10 N.',
  ]);
}

/** Downtime of the same chains in s/year, (1 − Aᴺ)·31 536 000 (B-43). */
export function chainDpmTable(options: ChainTableOptions = {}): Table {
  return chainTable('chain-dpm', 'Downtime of a chain of equal elements, s/year', dpm, options, [
    'Seconds per network element and year, or per service and year, by what the chain stands for (B-43).',
  ]);
}

function chainTable(
  name: string,
  title: string,
  value: (u: number) => number,
  options: ChainTableOptions,
  notes: readonly string[],
): Table {
  const lengths = options.lengths ?? CHAIN_LENGTHS;
  const elements = options.elementNines ?? CHAIN_ELEMENT_NINES;
  const zones = options.zones ?? CHAIN_ZONES;
  const borders = zones.map((zone) => `${zone.name} from ${zone.fromNines}`).join(', ');
  const head = { format: 'carriergrade/table/1', name, title } as const;
  const allNotes = [
    ...notes,
    `Zones by nines of the chain: ${borders} [EA] (the original colours are not recoverable).`,
  ];
  if (options.form === 'long') {
    const points = lengths.flatMap((length) => elements.map((k) => ({ length, k, u: unavailability(length, k) })));
    return {
      ...head,
      columns: [
        { name: 'elements' },
        { name: 'element nines' },
        { name: 'chain nines', decimals: 2 },
        { name: 'chain DPM', unit: 's/year', decimals: 2 },
        { name: 'zone' },
      ],
      rows: points.map(({ length, k, u }): Cell[] => [length, k, nines(u), dpm(u), zoneOf(u, zones)]),
      notes: allNotes,
    };
  }
  return {
    ...head,
    columns: [{ name: 'N' }, ...elements.map((k) => ({ name: `${k} nines`, decimals: 2 }))],
    rows: lengths.map((length) => [length, ...elements.map((k) => value(unavailability(length, k)))]),
    zones: lengths.map((length) => [null, ...elements.map((k) => zoneOf(unavailability(length, k), zones))]),
    notes: allNotes,
  };
}
