import type { SliceFacts } from '../../model/slice.ts';
import { printCount } from '../format.ts';

/** What was looked at because some services alone were asked for: rows of a table of facts. */
export function sliceRows(slice: SliceFacts | undefined): readonly (readonly [string, string])[] {
  if (slice === undefined) return [];
  const { services, elements, groups, futures, notes } = slice;
  const part = ({ kept, of }: SliceFacts['elements'], what: string): string =>
    `${printCount(kept)} of ${printCount(of)} ${what}`;
  const same = 'everything else cannot influence them; random numbers are those of the whole scenario';
  const alike = 'everything else cannot influence them; random numbers are others than those of the whole scenario';
  return [
    ['asked for', services.join(', ')],
    ['looked at', `${part(elements, 'elements')}, ${part(groups, 'groups')}: ${futures === 'same' ? same : alike}`],
    ...notes.map((note) => ['', note] as const),
  ];
}
